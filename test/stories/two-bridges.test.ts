import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import type { Browser, BrowserContext } from 'playwright-core';
import type { RoomCommandRequest, RoomResponse, RoomView } from '../../contract/conference/room.ts';
import type { HoldResponse } from '../../contract/conference/conference.ts';
import { createJitsi, jitsiConfig } from '../../server/connectors/jitsi/index.ts';
import { silent } from '../../server/ports/log.ts';
import { onlyAdmission } from '../support/admission.ts';
import { launchBrowser } from '../support/browser.ts';
import { openStage, type Stage } from '../support/tieline.ts';

const minute = 60_000;

/** A conference in the browser and by telephone at once, on the whole lab: who is in both, and what its host does about it. */
describe('a conference on two bridges', () => {
  let stage: Stage;
  let browser: Browser;
  let context: BrowserContext;

  before(async function () {
    this.timeout(120_000);
    stage = await openStage({ browser: false });
    browser = await launchBrowser();
    context = await browser.newContext({ ignoreHTTPSErrors: true });
  });
  after(async () => {
    await browser?.close();
    await stage?.stop();
  });

  const room = async (id: string): Promise<RoomView> => (await stage.api<RoomResponse>('GET', `/api/v1/conferences/${id}/room`)).room;

  async function roomIs(id: string, what: string, isSo: (room: RoomView) => boolean): Promise<RoomView> {
    let seen: RoomView | undefined;
    for (let turn = 0; turn < 150; turn++) {
      seen = await room(id);
      if (isSo(seen)) return seen;
      await new Promise((done) => setTimeout(done, 100));
    }
    throw new Error(`never: ${what}; it is ${JSON.stringify(seen)}`);
  }

  const ask = (id: string, body: Omit<RoomCommandRequest, 'id'>): Promise<RoomResponse> => stage.api('POST', `/api/v1/conferences/${id}/room/commands`, { id: crypto.randomUUID(), ...body });

  it('is live while anybody is in either; its host sees both, calls a phone in, and ends both', async function () {
    this.timeout(90_000);
    const { lab, clock } = stage.tieline;
    const now = clock.now();
    const times = { startsAt: new Date(now + minute).toISOString(), endsAt: new Date(now + 30 * minute).toISOString(), timeZone: 'Europe/Berlin' };
    const { conference } = await stage.api<HoldResponse>('POST', '/api/v1/conferences', { idempotencyKey: crypto.randomUUID(), bridge: 'meet', ...times });
    const { id, accessCode } = conference;
    assert.deepEqual([conference.kind, conference.dialIn.map(({ country }) => country)], ['video', ['DE', 'GB']], 'the telephone bridge lends its numbers');
    await stage.api('PUT', `/api/v1/conferences/${id}/invite`, times);
    await stage.conferenceIs(id, ({ bridge }) => bridge.state === 'agreed', 'agreed on both');
    assert.deepEqual((await room(id)).bridges.map(({ instance, state }) => [instance, state]), [['meet', 'agreed'], ['pbx', 'agreed']]);

    const name = (await room(id)).conferenceId;
    assert.equal(name, id);
    const host = await link('host', 'Anna Berger', false);
    const hers = await context.newPage();
    await hers.goto(host);
    await hers.getByText('You moderate.').waitFor();
    assert.equal(new URL(hers.url()).hash, '', 'the token does not stay in the address bar');
    const theirs = await context.newPage();
    await theirs.goto(await link('guest', 'Zoe Stranger', true));
    await theirs.getByText('Asking to be let in').waitFor();
    await hers.getByRole('button', { name: 'Admit' }).click();
    await theirs.getByText('2 people are here.').waitFor();
    await stage.dial('202', accessCode, /connect your call/);
    await stage.letIn('202', id);
    const both = await roomIs(id, 'people on both', ({ people }) => people.filter((each) => each.bridge === 'meet').length === 2 && people.some((each) => each.bridge === 'pbx'));
    assert.deepEqual(both.people.filter((each) => each.bridge === 'meet').map((each) => each.name).toSorted(), ['Anna Berger', 'Zoe Stranger']);
    assert.equal((await stage.conference(id)).state, 'live');

    await ask(id, { bridge: 'pbx', what: 'call', number: '203', name: 'Maria' });
    await roomIs(id, 'the phone rings', () => lab.asterisk.phone('203').view().call?.phase === 'ringing');
    lab.asterisk.phone('203').answer();
    const called = await roomIs(id, 'Maria is in', ({ people }) => people.some((each) => each.name === 'Maria'));
    assert.equal(called.commands[0]?.state, 'done');
    await assert.rejects(ask(id, { bridge: 'pbx', what: 'call', number: '+4930999' }), /number-not-allowed|422/);

    const folder = process.env['TIELINE_PICTURES'];
    if (folder !== undefined) {
      await mkdir(folder, { recursive: true });
      await hers.screenshot({ path: `${folder}/jitsi-room.png` });
    }
    await ask(id, { bridge: 'meet', what: 'end' });
    await theirs.getByText('The meeting has ended.').waitFor();
    await ask(id, { bridge: 'pbx', what: 'end' });
    await roomIs(id, 'nobody is in', ({ people, bridges }) => people.length === 0 && bridges.every(({ members }) => members === 0));
    await stage.conferenceIs(id, ({ state }) => state === 'scheduled', 'waiting for people again');

    /** As the join page hands it out. */
    async function link(role: 'host' | 'guest', who: string, asksToBeLetIn: boolean): Promise<string> {
      const { jitsiApp: appId, jitsiSecret } = lab.secrets;
      const config = jitsiConfig.parse({ type: 'jitsi', instance: 'meet', url: lab.jitsiUrl, domain: 'meet.example.com', appId, secretEnv: 'SECRET', reservationSecretEnv: 'WORD' });
      const jitsi = createJitsi({ config, clock, log: silent, admission: onlyAdmission({}), env: { SECRET: jitsiSecret } });
      const roomName = await roomNameOf(id);
      return jitsi.conferenceBridge.joinLink({ room: roomName, role, name: who, language: 'en', from: clock.now(), until: clock.now() + 10 * minute, asksToBeLetIn });
    }
  });

  /** The room's name is told to nobody but the bridges: the phone's room has it. */
  async function roomNameOf(id: string): Promise<string> {
    const { Client } = (await import('pg')).default;
    const client = new Client({ connectionString: stage.databaseUrl ?? '' });
    await client.connect();
    const { rows } = await client.query<{ room: string }>('select room from conference where id = $1', [id]);
    await client.end();
    return rows[0]?.room ?? '';
  }
});
