import assert from 'node:assert/strict';
import type { CallView } from '../../../../../contract/people/calls.ts';
import type { Caller } from '../../../../../contract/endpoint.ts';
import { createLabClock, type TurnableClock } from '../../../../../lab/clock.ts';
import { ensureTenant } from '../../../../../server/accounts/rows.ts';
import { TheirError, UserError, type TheirFault } from '../../../../../server/domain/errors.ts';
import { callLimits } from '../../../../../server/features/calls/ask.ts';
import { dialable } from '../../../../../server/features/calls/dialable.ts';
import { createCallsFeature, type CallsFeature, type PlayableMessage } from '../../../../../server/features/calls/index.ts';
import type { CallControl, CallProgress } from '../../../../../server/ports/call-control.ts';
import { silent } from '../../../../../server/ports/log.ts';
import type { Store } from '../../../../../server/store/connect.ts';
import { suiteStore } from '../../../../support/suite-store.ts';
import { workUntilQuiet } from '../../../../support/work.ts';

const tenant = 'default';
const [onPbx, onOther] = [crypto.randomUUID(), crypto.randomUUID()];
const at = Date.parse('2026-11-28T09:00:00Z');

describe('calls from Outlook', () => {
  const emptied = suiteStore();
  let store: Store;
  let clock: TurnableClock;
  let feature: CallsFeature;
  let rung: string[];
  let fault: TheirFault | null;
  let say: (progress: Omit<CallProgress, 'at' | 'kind'>) => void;
  let stop: () => void;

  function caller(personId: string): Caller {
    return { tenantId: tenant, personId, name: personId, address: '', roles: ['user'], ticketFor: null, language: 'en', correlationId: 'test' };
  }

  beforeEach(async () => {
    store = emptied();
    clock = createLabClock({ startAt: at, paused: true });
    await ensureTenant(store.db, tenant, 'Example', at);
    for (const personId of ['anna', 'jonas', 'nobody']) await store.db.insertInto('person').values({ tenant_id: tenant, person_id: personId, name: personId, address: '', created_at: new Date(at), last_seen_at: new Date(at) }).execute();
    rung = [];
    fault = null;
    start();
  });
  afterEach(async () => {
    stop();
    clock.stop();
  });

  /** A process with nothing in its memory. */
  function start(): void {
    const control: CallControl = {
      instance: 'pbx', capabilities: { call: true, playMessage: false },
      async call({ key, phone, number }) {
        rung.push(`${phone} then ${number}`);
        if (fault) throw new TheirError('pbx', fault, key);
      },
      async playMessage({ key, phone, box, id }) {
        rung.push(`${phone} plays ${box}/${id}`);
        if (fault) throw new TheirError('pbx', fault, key);
      },
      hangUp: async (key) => say({ key, phase: 'ended', outcome: 'interrupted' }),
      progress: () => null,
      onProgress(fn) {
        say = (progress) => fn({ ...progress, kind: 'call', at: clock.now() });
        return () => undefined;
      },
    };
    const lines = [{ pbx: 'elsewhere', extension: '9', name: 'Other system' }, { pbx: 'pbx', extension: '201', name: 'Desk' }, { pbx: 'pbx', extension: '202', name: 'Home' }];
    feature = createCallsFeature({ clock, log: silent, store, live: store.live, controls: [control], linesOf: async (_tenant, personId) => (personId === 'nobody' ? [] : lines), effect: (_name, run) => run(), isAway: async () => false, messageFor });
    stop = feature.listen(tenant);
  }

  /** Anna's message on one phone system, and another on the other. */
  async function messageFor({ personId }: Caller, id: string): Promise<PlayableMessage> {
    if (personId !== 'anna' || (id !== onPbx && id !== onOther)) throw new UserError(404, { code: 'voicemail-unknown', message: 'not there' });
    return { pbx: id === onPbx ? 'pbx' : 'elsewhere-without-calls', box: '201@default', messageId: 'm1' };
  }

  const newId = (): string => crypto.randomUUID();
  const begin = async (number: string, more: { id?: string; phone?: { pbx: string; extension: string }; who?: string } = {}): Promise<CallView> =>
    (await feature.handlers.begin({ params: {}, query: {}, body: { id: more.id ?? newId(), number, phone: more.phone } }, caller(more.who ?? 'anna'))).call;
  const work = (): Promise<unknown[]> => workUntilQuiet(store, clock, feature.workHandlers);
  async function newest(): Promise<string> {
    const [call] = (await feature.snapshot(tenant, 'anna', 'calls:anna')) ?? [];
    return `${call?.state} ${call?.outcome}`;
  }
  /** What was heard is written down in its own time. */
  async function becomes(wanted: string): Promise<void> {
    for (let round = 0; round < 200 && (await newest()) !== wanted; round++) await new Promise((resolve) => setImmediate(resolve));
    assert.equal(await newest(), wanted);
  }
  async function refused(code: string, outcome: Promise<unknown>): Promise<void> {
    await assert.rejects(outcome, (error) => error instanceof UserError && error.problem.code === code);
  }

  it('ring my phone once, and show how it goes in the order in which it was told', async () => {
    const call = await begin('+49 (0)30 / 231 25-17');
    assert.deepEqual([call.state, call.phone, call.number], ['waiting', '201', '+49302312517']);
    await work();
    assert.deepEqual(rung, ['201 then +49302312517']);
    assert.equal(await newest(), 'ringing null');
    say({ key: call.id, phase: 'answered', outcome: null });
    say({ key: call.id, phase: 'connected', outcome: null });
    await becomes('connected null');
    say({ key: call.id, phase: 'ended', outcome: 'done' });
    say({ key: call.id, phase: 'answered', outcome: null });
    await becomes('ended done');
    await begin('202', { id: call.id });
    await work();
    assert.equal(rung.length, 1, 'the same wish rings nothing');
  });

  it('ring the phone that was chosen, if it is mine', async () => {
    await begin('300', { phone: { pbx: 'pbx', extension: '202' } });
    await work();
    assert.deepEqual(rung, ['202 then 300']);
    await refused('phone-not-yours', begin('300', { phone: { pbx: 'pbx', extension: '203' } }));
    await refused('no-phone', begin('300', { who: 'nobody' }));
    await refused('number-wrong', begin('call Bob'));
  });

  it('are nobody else’s to see or to end', async () => {
    const { id } = await begin('300');
    await refused('call-unknown', begin('300', { id, who: 'jonas' }));
    await refused('call-unknown', Promise.resolve(feature.handlers.hangUp({ params: { id }, query: {}, body: {} }, caller('jonas'))));
    assert.equal(await feature.snapshot(tenant, 'jonas', 'calls:anna'), undefined);
    await feature.handlers.hangUp({ params: { id }, query: {}, body: {} }, caller('anna'));
    await workUntilQuiet(store, clock, { 'phone.hang-up': feature.workHandlers['phone.hang-up'] ?? assert.fail() });
    assert.equal(await newest(), 'ended interrupted');
    await work();
    assert.deepEqual(rung, [], 'ended before it rang, it never rings');
  });

  it('play a voicemail on my phone, once, where I may hear it and that phone system has it', async () => {
    const play = async (voicemailId: string, who = 'anna', id = newId()): Promise<CallView> => (await feature.handlers.begin({ params: {}, query: {}, body: { id, voicemailId } }, caller(who))).call;
    const asked = await play(onPbx);
    assert.deepEqual([asked.voicemailId, asked.number, asked.phone], [onPbx, '', '201']);
    await play(onPbx, 'anna', asked.id);
    await work();
    assert.deepEqual(rung, ['201 plays 201@default/m1']);
    say({ key: asked.id, phase: 'ended', outcome: 'done' });
    await becomes('ended done');
    await refused('voicemail-unknown', play(onPbx, 'jonas'));
    await refused('no-phone', play(onOther));
    for (const [answer, outcome] of [['busy', 'box-taken'], ['gone', 'gone']] as const) {
      fault = answer;
      clock.advance(1_000);
      await play(onPbx);
      await work();
      assert.equal(await newest(), `ended ${outcome}`);
    }
  });

  it('that the phone system refuses or misses end, and nothing rings later', async () => {
    fault = 'refused';
    await begin('300');
    await work();
    assert.equal(await newest(), 'ended refused');
    clock.advance(1_000);
    fault = 'unavailable';
    await begin('300');
    await work();
    assert.equal(await newest(), 'ended away');
    clock.advance(1_000);
    await begin('300');
    clock.advance(31_000);
    await work();
    assert.deepEqual([await newest(), rung.length], ['ended away', 2]);
  });

  it('whose answer was lost, or whose process died, are in doubt and never rung again', async () => {
    fault = 'no-answer';
    await begin('300');
    await work();
    assert.equal(await newest(), 'ringing null');
    stop();
    start();
    await feature.resume(tenant);
    await work();
    assert.deepEqual([await newest(), rung.length], ['ended unknown', 1]);
  });

  it('are bounded for each person', async () => {
    for (let each = 0; each < callLimits.most; each++) await begin('300');
    await refused('too-many-calls', begin('300'));
    await begin('300', { who: 'jonas' });
    clock.advance(callLimits.periodMs + 1);
    await begin('300');
  });
});

describe('numbers as people write them', () => {
  it('are dialled without what stands between the digits', () => {
    assert.deepEqual(['+49 (0)30 23125-17', '(030) 231 25', ' 201 ', '*97', '+46\u00A08\u2011505', '0800 CALL', '', '+', '1'.repeat(41)].map(dialable), ['+49302312517', '03023125', '201', '*97', '+468505', null, null, null, null]);
  });
});
