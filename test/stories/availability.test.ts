import assert from 'node:assert/strict';
import type { AvailabilityView } from '../../contract/availability/availability.ts';
import { anna, openStage, type Stage } from '../support/tieline.ts';

const minute = 60_000;
const patience = 20_000;

/** Promise 4: the phone follows the calendar at the minute of the event; a choice by hand outranks every rule; every state can say why. */
describe('story: the phone follows the calendar', () => {
  let stage: Stage;
  before(async () => {
    stage = await openStage({ browser: false });
    const imported = await asAdministrator<{ taken: number; mistakes: { row: number; field: string }[] }>('POST', '/api/v1/lines/import', { csv: `pbx,extension,owner,devices\npbx,201,${anna},PJSIP/201\npbx,999,,no device` });
    assert.deepEqual([imported.taken, imported.mistakes.map(({ row, field }) => `${row} ${field}`)], [1, ['3 devices']]);
    // Whoever has a line is followed from now on.
    await until(async () => (await mine()).missing.length === 0, 'Anna has line and mailbox');
  });
  after(() => stage.stop());

  async function asAdministrator<T>(method: string, path: string, body?: unknown): Promise<T> {
    const { lab } = stage.tieline;
    const token = await lab.entra.issueToken({ person: anna, audience: lab.secrets.clientId, scopes: ['access_as_user'], roles: ['administrator'] });
    const response = await fetch(`${stage.tieline.serverAddress()}${path}`, {
      method, headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer = (await response.json()) as T;
    assert.ok(response.ok, `${method} ${path}: ${response.status} ${JSON.stringify(answer)}`);
    return answer;
  }

  function presence(): string {
    const { state, message } = stage.tieline.lab.asterisk.exchange.presences.get('CustomPresence:201');
    return `${state}: ${message}`;
  }

  async function mine(): Promise<AvailabilityView> {
    return (await stage.api<{ availability: AvailabilityView }>('GET', '/api/v1/availability')).availability;
  }

  async function until(isSo: () => boolean | Promise<boolean>, what: string): Promise<void> {
    const end = Date.now() + patience;
    while (!(await isSo())) {
      if (Date.now() > end) throw new Error(`not so: ${what}; presence ${presence()}\n${stage.log.slice(-20).join('')}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  it('a meeting begins, and the phone shows it at that second, with the reason in the pane', async () => {
    const { clock, lab } = stage.tieline;
    await until(() => presence().startsWith('available'), 'available at first');
    clock.pause();
    const start = Math.ceil(clock.now() / minute) * minute + 5 * minute;
    lab.exchange.saveItem(anna, { subject: 'Budget', start, end: start + 30 * minute, zone: 'Europe/Berlin', body: { type: 'text', content: '' } });
    clock.resume();
    await until(async () => (await mine()).next?.face === 'busy', 'the meeting is known');
    await until(() => /^available: Available until .* \(Busy\)$/.test(presence()), 'the display says what comes');
    clock.advance(start - clock.now());
    await until(() => presence().startsWith('away'), 'the phone shows the meeting');
    const view = await mine();
    assert.deepEqual([view.state.face, view.why.source, view.why.rule, view.until], ['busy', 'calendar', 'busy', new Date(start + 30 * minute).toISOString()]);
    // To the second: the state begins with the meeting, not with our next look at it.
    assert.equal(Date.parse(view.since), start);
  });

  it('do not disturb by hand sends callers away, and ringing comes back with automatic', async () => {
    const { asterisk } = stage.tieline.lab;
    await stage.api('PUT', '/api/v1/availability', { face: 'doNotDisturb' });
    await until(() => presence().startsWith('dnd'), 'do not disturb on the phone');
    const jonas = asterisk.phone('202');
    jonas.dial('201');
    await asterisk.until(() => (jonas.view().call === null || jonas.view().hears.length > 0 ? true : undefined), AbortSignal.timeout(patience));
    assert.equal(asterisk.phone('201').view().call, null);
    if (jonas.view().call) jonas.hangUp();
    await asterisk.until(() => (jonas.view().call ? undefined : true), AbortSignal.timeout(patience));

    await stage.api('DELETE', '/api/v1/availability');
    await until(() => !presence().startsWith('dnd'), 'back to automatic');
    jonas.dial('201');
    await asterisk.until(() => (asterisk.phone('201').view().call?.phase === 'ringing' ? true : undefined), AbortSignal.timeout(patience));
    jonas.hangUp();
  });

  it('a call shows as an axis of its own, and as a dot in Teams once it has lasted', async () => {
    const { clock, lab } = stage.tieline;
    const { asterisk, graph } = lab;
    const person = lab.exchange.people.find((each) => each.address === anna)?.id ?? '';
    const dot = (): string => graph.presences.now(person).activity;
    graph.presences.teams(person, { availability: 'Available', activity: 'Available' });
    const phone = asterisk.phone('201');
    const hasCall = (): true | undefined => (phone.view().call?.phase === 'connected' ? true : undefined);
    phone.dial('8000');
    await asterisk.until(hasCall, AbortSignal.timeout(patience));
    await until(async () => (await mine()).onThePhone === true, 'on the phone');
    assert.notEqual((await mine()).state.face, 'available');
    clock.advance(5_000);
    await until(() => dot() === 'InACall', 'the dot says in a call');
    phone.hangUp();
    await until(async () => (await mine()).onThePhone === false, 'off the phone');
    clock.advance(5_000);
    await until(() => dot() === 'Available', 'the dot is Teams’ own again');
  });

  it('with Tieline killed the last state stands and calls go on; the phone system that was restarted is told again', async () => {
    const { clock, lab: { asterisk } } = stage.tieline;
    await stage.api('PUT', '/api/v1/availability', { face: 'doNotDisturb' });
    await until(() => presence().startsWith('dnd'), 'do not disturb on the phone');
    stage.tieline.killServer();
    assert.match(presence(), /^dnd/);
    await stage.tieline.ready();
    // As if the last second before a crash of the phone system had been lost; what is written now is on its disk a second later.
    asterisk.exchange.presences.write('CustomPresence:201', 'not_set,,');
    // And nobody has the connection any more whom the kill left it to.
    clock.advance(20_000);
    await asterisk.faults.restart();
    await until(() => presence().startsWith('dnd'), 'told again after the restart');
  });

  it('whoever comes into a group with other rules, gets another mailbox or loses the line is shown so within seconds', async () => {
    const { clock, lab } = stage.tieline;
    await stage.api('DELETE', '/api/v1/availability');
    await until(() => !presence().startsWith('dnd'), 'automatic');
    const others = 'tomasz.kowal@example.com';
    const now = Math.floor(clock.now() / minute) * minute;
    const item = { subject: 'Budget', start: now, end: now + 120 * minute, zone: 'Europe/Berlin', body: { type: 'text' as const, content: '' } };
    lab.exchange.saveItem(anna, item);
    await until(() => presence().startsWith('away'), 'busy by the calendar');

    const { group } = await asAdministrator<{ group: { id: string } }>('POST', '/api/v1/groups', { name: 'Quiet' });
    const { settings } = await asAdministrator<{ settings: { version: number; values: { mapping: object } } }>('GET', `/api/v1/groups/${group.id}/settings/availability`);
    await asAdministrator('PATCH', `/api/v1/groups/${group.id}/settings/availability`, { set: { mapping: { ...settings.values.mapping, busy: 'doNotDisturb' } }, version: settings.version });
    await asAdministrator('POST', `/api/v1/groups/${group.id}/members`, { address: anna });
    await until(() => presence().startsWith('dnd'), 'the group’s rule');

    lab.exchange.saveItem(others, { ...item, showAs: 'oof' });
    await asAdministrator('PUT', `/api/v1/organisation/people/${(await mine()).personId}/mailbox`, { address: others });
    await until(() => presence().startsWith('xa'), 'the other calendar drives the phone');

    await asAdministrator('DELETE', '/api/v1/lines/pbx/default/201');
    await until(() => presence().startsWith('not_set'), 'the line forgets whose it was');
  });
});
