import assert from 'node:assert/strict';
import type { Caller } from '../../../../../../contract/endpoint.ts';
import { createCalendars } from '../../../../../../server/calendars/index.ts';
import { TheirError, UserError } from '../../../../../../server/domain/errors.ts';
import { createConferenceFeature, runEffect, type ConferenceFeature } from '../../../../../../server/features/conference/index.ts';
import { silent } from '../../../../../../server/ports/log.ts';
import type { Store } from '../../../../../../server/store/connect.ts';
import { startGraphLab, type GraphLab } from '../../../../../contract/graph-calendar.ts';
import { inTenant } from '../../../../../support/conference-steps.ts';
import { anna, createConferenceWorld, minute, policy } from '../../../../../support/conference-world.ts';
import { testStore } from '../../../../../support/database.ts';
import { ada, app, clientId } from '../../../../../support/lab-mail.ts';
import { workUntilQuiet } from '../../../../../support/work.ts';

const startsAt = Date.parse('2026-12-01T09:00:00Z');

describe('conferences created outright, where only people may write into their calendars', () => {
  let store: Store;
  let close: () => Promise<void>;
  let graphLab: GraphLab;
  let feature: ConferenceFeature;
  before(async function () {
    this.timeout(60_000);
    ({ store, close } = await testStore());
    await inTenant(store);
  });
  after(async () => close());
  beforeEach(async () => {
    for (const table of ['work', 'calendar_want', 'calendar_watch'] as const) await store.db.deleteFrom(table).execute();
    graphLab = await startGraphLab({ more: { startAt: '2026-11-30T09:00:00Z', apps: [{ ...app, roles: ['Calendars.Read', 'User.Read.All'] }] }, config: { write: false, onBehalfOf: true } });
    const { clock } = graphLab.lab;
    const calendars = createCalendars({ clock, log: silent, store, sources: [graphLab.graph.calendarSource], gatherMs: 0, sweepMs: policy.sweepMs, effect: (_name, run) => run() });
    feature = createConferenceFeature({ ...createConferenceWorld(store).deps, clock, calendars, effect: runEffect, mailboxOf: async () => mailbox() });
  });
  afterEach(async () => graphLab.stop());

  const mailbox = () => ({ instance: 'm365', id: graphLab.lab.exchange.person(ada)?.id ?? '' });
  const events = () => graphLab.lab.exchange.list(ada).filter(({ subject }) => subject.startsWith('Budget'));
  const signedIn = async (): Promise<Caller> => {
    const { entra } = graphLab.lab;
    const token = await entra.issueToken({ person: ada, audience: clientId, scopes: ['access_as_user'], clientId });
    return { ...anna, ownSignIn: { entraTenant: entra.tenantId, objectId: mailbox().id, token: () => token } };
  };
  const body = (more: Record<string, unknown> = {}) => ({
    idempotencyKey: crypto.randomUUID(), subject: 'Budget', startsAt: new Date(startsAt).toISOString(), endsAt: new Date(startsAt + 45 * minute).toISOString(),
    timeZone: 'Europe/Berlin', guests: [{ name: 'Sofia', address: 'sofia@partner.example' }], notes: '', ...more,
  });
  const create = (caller: Caller, more: Record<string, unknown> = {}) => feature.outright.create({ params: {}, query: {}, body: body(more) }, caller);
  const one = (id: string) => ({ params: { id }, query: {}, body: {} });

  it('the event stands in the calendar when the answer comes, is changed, cancelled and restored as its owner, and the net has nothing left to do', async () => {
    const me = await signedIn();
    const made = await create(me);
    assert.deepEqual([made.delivery, made.calendar.state, events().length], ['calendar', 'written', 1]);
    const { id, version } = made.conference;
    const changed = await feature.outright.change({ params: { id }, query: {}, body: body({ subject: 'Budget 2027', version }) as ReturnType<typeof body> & { version: number } }, me);
    assert.deepEqual([changed.calendar.state, events().map(({ subject }) => subject)], ['written', ['Budget 2027']]);
    assert.equal((await feature.outright.cancel(one(id), me)).calendar.state, 'written');
    assert.equal(events().length, 0);
    assert.equal((await feature.outright.restore(one(id), me)).calendar.state, 'written');
    assert.equal(events().length, 1);
    const mailed = graphLab.lab.exchange.mails.length;
    graphLab.lab.clock.advance(3 * minute);
    assert.deepEqual(await workUntilQuiet(store, graphLab.lab.clock, feature.workHandlers), []);
    assert.deepEqual([events().length, graphLab.lab.exchange.mails.length], [1, mailed]);
  });

  it('a session of the web page is offered the other ways, and told why a calendar is none', async () => {
    assert.equal((await create(anna)).delivery, 'page');
    const refusal = async (work: Promise<unknown>): Promise<string> => work.then(() => assert.fail('no error'), (error: unknown) => (error instanceof UserError ? `${error.status} ${error.problem.code}` : assert.fail(String(error))));
    assert.equal(await refusal(create(anna, { delivery: 'calendar' })), '409 own-sign-in-needed');
    const { conference: { id } } = await create(await signedIn());
    assert.equal(await refusal(feature.outright.cancel(one(id), anna)), '409 own-sign-in-needed');
    assert.deepEqual([(await feature.outright.read(one(id), anna)).conference.state, events().length], ['scheduled', 1]);
  });

  it('while a second step is missing nothing is created, and the same wish works once it is done', async () => {
    const me = await signedIn();
    const idempotencyKey = crypto.randomUUID();
    graphLab.lab.entra.stepUp.add(mailbox().id);
    await assert.rejects(create(me, { idempotencyKey }), (error) => error instanceof UserError && error.problem.code === 'sign-in-policy');
    assert.equal(events().length, 0);
    graphLab.lab.entra.stepUp.clear();
    assert.equal((await create(me, { idempotencyKey })).calendar.state, 'written');
    assert.equal(events().length, 1);
  });

  it('while Entra wants a pause the wish is refused as passing, while Graph wants one the net writes it as long as the sign-in lasts', async () => {
    const me = await signedIn();
    graphLab.lab.entra.throttledFor = 300;
    await assert.rejects(create(me), (error) => error instanceof TheirError && error.passing);
    graphLab.lab.entra.throttledFor = null;
    await create(me, { subject: 'Other' });
    graphLab.lab.graph.faults.throttle('90');
    const made = await create(me);
    assert.deepEqual([made.calendar.state, events().length], ['due', 0]);
    graphLab.lab.graph.faults.mend();
    graphLab.lab.clock.advance(3 * minute);
    await workUntilQuiet(store, graphLab.lab.clock, feature.workHandlers);
    assert.deepEqual([(await feature.outright.read(one(made.conference.id), me)).calendar.state, events().length], ['written', 1]);
  });

  it('when the sign-in was over before the calendar came back, its owner is told so, and asking once more writes it', async () => {
    const me = await signedIn();
    const idempotencyKey = crypto.randomUUID();
    await create(me, { subject: 'Other' });
    graphLab.lab.graph.faults.throttle('90');
    const made = await create(me, { idempotencyKey });
    graphLab.lab.graph.faults.mend();
    graphLab.lab.clock.advance(90 * minute);
    await workUntilQuiet(store, graphLab.lab.clock, feature.workHandlers);
    const { calendar } = await feature.outright.read(one(made.conference.id), me);
    assert.equal(calendar.state, 'refused');
    assert.match(calendar.error ?? '', /once more from Outlook/);
    assert.equal((await create(await signedIn(), { idempotencyKey })).calendar.state, 'written');
    assert.equal(events().length, 1);
  });
});
