import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { TheirError, UserError } from '../../../../../server/domain/errors.ts';
import type { EventDraft } from '../../../../../server/ports/calendar-source.ts';
import type { OnBehalf, OwnSignIn } from '../../../../../server/ports/on-behalf.ts';
import { startGraphLab, type GraphLab } from '../../../../contract/graph-calendar.ts';
import { ada, app, bob, clientId as labClientId } from '../../../../support/lab-mail.ts';
import { ann, refused, startScripted, tenantId, type Scripted } from './scripted.ts';

const startsAt = Date.parse('2026-12-01T09:00:00Z');
const draft: EventDraft = { subject: 'Budget', body: { format: 'html', content: '<p>Join</p>' }, location: 'https://tieline.test/j/x', startsAt, endsAt: startsAt + 3_600_000, timeZone: 'Europe/Berlin', guests: [{ name: 'Bob', address: bob }] };
const grant = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

function port({ graph }: { graph: { calendarSource: { onBehalf?: OnBehalf | null } } }): OnBehalf {
  return graph.calendarSource.onBehalf ?? assert.fail('nobody is acted for');
}

async function failure(work: Promise<unknown>): Promise<UserError | TheirError> {
  const error = await work.then(() => assert.fail('no error'), (cause: unknown) => cause);
  assert.ok(error instanceof UserError || error instanceof TheirError, String(error));
  return error;
}

describe('graph: on behalf of the person who asks', () => {
  describe('against the stand-ins of Entra and Exchange', () => {
    let world: GraphLab | undefined;
    afterEach(async () => world?.stop());

    /** The app itself may only read. */
    async function start(scopes = ['Calendars.ReadWrite']): Promise<GraphLab> {
      world = await startGraphLab({ more: { startAt: '2026-11-30T09:00:00Z', apps: [{ ...app, roles: ['Calendars.Read', 'User.Read.All'], scopes }] }, config: { write: false, onBehalfOf: true } });
      return world;
    }

    async function signedIn({ lab }: GraphLab, request: Partial<Parameters<GraphLab['lab']['entra']['issueToken']>[0]> = {}): Promise<OwnSignIn> {
      const token = await lab.entra.issueToken({ person: ada, audience: labClientId, scopes: ['access_as_user'], clientId: labClientId, ...request });
      return { entraTenant: lab.entra.tenantId, objectId: lab.exchange.person(ada)?.id ?? '', token: () => token };
    }

    const mailboxOf = ({ lab }: GraphLab, address = ada) => ({ instance: 'm365', id: lab.exchange.person(address)?.id ?? '' });
    const exchanges = ({ lab }: GraphLab): number => lab.entra.tokenRequests.get(grant) ?? 0;
    const events = ({ lab }: GraphLab) => lab.exchange.list(ada).filter(({ subject }) => subject.startsWith('Budget'));

    it('makes, moves and cancels an event in the person\'s own calendar, although the app may write nowhere', async () => {
      const it = await start();
      const { calendarSource } = it.graph;
      assert.deepEqual([calendarSource.capabilities.create, calendarSource.capabilities.write], [false, false]);
      await port(it).takeUp(await signedIn(it));
      const { id } = await calendarSource.create(mailboxOf(it), 'key', draft);
      assert.equal((await calendarSource.create(mailboxOf(it), 'key', draft)).id, id, 'the same key is the same event');
      assert.equal(events(it).length, 1);
      await calendarSource.reschedule(mailboxOf(it), id, { ...draft, subject: 'Budget 2027', startsAt: startsAt + 3_600_000, endsAt: startsAt + 7_200_000 });
      assert.deepEqual(events(it).map(({ subject }) => subject), ['Budget 2027']);
      await calendarSource.cancel(mailboxOf(it), id, '');
      assert.equal(events(it).length, 0);
    });

    it('asks once for a person, however often and at the same time they come, and anew when the token has run out', async () => {
      const it = await start();
      const first = await signedIn(it);
      await Promise.all([port(it).takeUp(first), port(it).takeUp(first)]);
      await port(it).takeUp(await signedIn(it));
      assert.equal(exchanges(it), 1);
      it.lab.clock.advance(3_600_000);
      const over = await failure(it.graph.calendarSource.create(mailboxOf(it), 'key', draft));
      assert.ok(over instanceof TheirError && over.fault === 'denied' && !over.passing, String(over));
      assert.match(over.remedy ?? '', /once more from Outlook/);
      await port(it).takeUp(await signedIn(it));
      assert.equal(exchanges(it), 2);
      await it.graph.calendarSource.create(mailboxOf(it), 'key', draft);
      assert.equal(events(it).length, 1);
    });

    it('is for one\'s own mailbox alone: another\'s is nobody\'s to write', async () => {
      const it = await start();
      const person = await signedIn(it);
      await port(it).takeUp(person);
      assert.deepEqual([port(it).isOwn(mailboxOf(it), person), port(it).isOwn(mailboxOf(it, bob), person), port(it).isOwn(mailboxOf(it), { ...person, entraTenant: 'other' })], [true, false, false]);
      assert.equal((await failure(it.graph.calendarSource.create(mailboxOf(it, bob), 'key', draft)) as TheirError).fault, 'denied');
    });

    it('where consent is missing the person is told what an administrator does, and nothing is kept', async () => {
      const it = await start(['User.Read']);
      const error = await failure(port(it).takeUp(await signedIn(it)));
      assert.ok(error instanceof UserError);
      assert.deepEqual([error.status, error.problem.code], [403, 'consent-missing']);
      assert.match(error.problem.remedy ?? '', /delegated permission Calendars\.ReadWrite.*admin consent/);
      assert.equal((await failure(it.graph.calendarSource.create(mailboxOf(it), 'key', draft)) as TheirError).fault, 'denied');
    });

    it('a second step that conditional access asks for is the person\'s to take', async () => {
      const it = await start();
      it.lab.entra.stepUp.add(mailboxOf(it).id);
      const error = await failure(port(it).takeUp(await signedIn(it)));
      assert.ok(error instanceof UserError && error.problem.code === 'sign-in-policy', String(error));
      assert.match(error.message, /AADSTS50076/);
    });

    it('a token that has run out, or was signed by somebody else, is a sign-in to repeat', async () => {
      const it = await start();
      for (const bad of [{ expiresAt: it.lab.clock.now() - 1_000 }, { foreignKey: true }]) {
        const error = await failure(port(it).takeUp(await signedIn(it, bad)));
        assert.ok(error instanceof UserError && error.status === 401, String(error));
      }
    });

    it('a token for another app is a matter of the configuration', async () => {
      const it = await start();
      const error = await failure(port(it).takeUp(await signedIn(it, { audience: 'another-app' })));
      assert.ok(error instanceof TheirError && error.fault === 'denied', String(error));
      assert.match(error.remedy ?? '', /clientId must be the audience in signIn\.tenants/);
    });

    it('where the app itself may write, it does so for whoever is not at hand', async () => {
      world = await startGraphLab({ more: { startAt: '2026-11-30T09:00:00Z' }, config: { onBehalfOf: true } });
      await world.graph.calendarSource.create(mailboxOf(world), 'key', draft);
      assert.deepEqual([events(world).length, exchanges(world)], [1, 0]);
    });

    it('is off unless it is asked for', async () => {
      world = await startGraphLab();
      assert.equal(world.graph.calendarSource.onBehalf, null);
    });
  });

  describe('on the wire', () => {
    let world: Scripted;
    const secret = 'header.very-own-token.signature';
    const person: OwnSignIn = { entraTenant: tenantId, objectId: ann.id, token: () => secret };
    beforeEach(async () => void (world = await startScripted({ config: { write: false, onBehalfOf: true } })));
    afterEach(async () => world.close());

    /** Everything that was logged, and the error with all of its causes. */
    function everythingSaid(error: unknown = null): string {
      return `${inspect(world.logged, { depth: 9 })} ${inspect(error, { depth: 9 })}`;
    }

    it('hands over the person\'s token in the form, asks for one permission, and calls Graph with what it got', async () => {
      await port(world).takeUp(person);
      const form = new URLSearchParams(world.tokens[0]?.body);
      assert.deepEqual([form.get('grant_type'), form.get('requested_token_use'), form.get('assertion'), form.get('client_secret'), form.get('scope')?.split(' ')[0]], [grant, 'on_behalf_of', secret, 'top-secret-value', 'https://graph.microsoft.com/Calendars.ReadWrite']);
      world.script(() => ({ status: 201, json: { id: 'event-1', '@odata.etag': 'W/"1"' } }));
      await world.graph.calendarSource.create(ann, 'key', draft);
      const [sent] = world.asked;
      assert.deepEqual([sent?.path, sent?.headers.authorization], [`/v1.0/users/${ann.id}/events`, 'Bearer token-1']);
    });

    it('waits as long as Entra asks for and tries again; longer pauses are handed on as passing', async () => {
      world.signIn(() => (world.tokens.length === 1 ? { status: 429, headers: { 'retry-after': '3' } } : { json: { token_type: 'Bearer', expires_in: 3_599, access_token: 'late' } }));
      await port(world).takeUp(person);
      assert.deepEqual([world.tokens.length, world.clock.slept.includes(3_000)], [2, true]);
      world.clock.advance(3_600_000);
      world.signIn(() => ({ status: 429, headers: { 'retry-after': '300' } }));
      const error = await failure(port(world).takeUp(person));
      assert.ok(error instanceof TheirError && error.fault === 'throttled' && error.retryAfterMs === 300_000, String(error));
      assert.equal(world.tokens.length, 3);
    });

    for (const [number, code, name] of [[65001, 'invalid_grant', 'consent-missing'], [90094, 'invalid_grant', 'consent-missing'], [50079, 'interaction_required', 'sign-in-policy'], [53003, 'invalid_grant', 'sign-in-policy'], [50173, 'invalid_grant', 'sign-in-refused'], [0, 'interaction_required', 'sign-in-policy']] as const) {
      it(`${code} AADSTS${number} is told as ${name}, asked once, without a token in error or log`, async () => {
        world.signIn(() => ({ status: 400, json: { error: code, error_description: number === 0 ? 'no words' : `AADSTS${number}: no. Trace ID: x`, error_codes: [number] } }));
        const error = await failure(port(world).takeUp(person));
        assert.ok(error instanceof UserError, String(error));
        assert.deepEqual([error.problem.code, world.tokens.length], [name, 1]);
        assert.doesNotMatch(everythingSaid(error), /very-own-token|top-secret/);
      });
    }

    it('a refusal by Graph names the delegated permission, and says nothing about the app\'s rights', async () => {
      await port(world).takeUp(person);
      world.script(() => refused(403, 'ErrorAccessDenied'));
      const error = await failure(world.graph.calendarSource.create(ann, 'key', draft));
      assert.ok(error instanceof TheirError && error.fault === 'denied', String(error));
      assert.match(error.remedy ?? '', /delegated permission/);
      assert.deepEqual(world.graph.status().gaps.filter(({ capability }) => capability === 'calendar.write'), []);
      assert.doesNotMatch(everythingSaid(error), /very-own-token|top-secret|token-1/);
    });

    it('a token that Graph refuses is not used again', async () => {
      await port(world).takeUp(person);
      world.script(() => refused(401, 'InvalidAuthenticationToken'));
      const error = await failure(world.graph.calendarSource.create(ann, 'key', draft));
      assert.ok(error instanceof TheirError && error.fault === 'denied' && /sign-in is over/.test(error.message), String(error));
      await port(world).takeUp(person);
      world.script(() => ({ status: 201, json: { id: 'event-1' } }));
      await world.graph.calendarSource.create(ann, 'key', draft);
      assert.equal(world.asked.at(-1)?.headers.authorization, 'Bearer token-2');
    });
  });
});
