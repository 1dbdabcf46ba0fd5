import assert from 'node:assert/strict';
import { createLabClock } from '../../../../lab/clock.ts';
import { createAccounts, type Accounts, type SignedIn } from '../../../../server/accounts/people.ts';
import { accountHandlers } from '../../../../server/accounts/handlers.ts';
import { TheirError } from '../../../../server/domain/errors.ts';
import type { CalendarSource, MailboxProfile } from '../../../../server/ports/calendar-source.ts';
import type { Store } from '../../../../server/store/connect.ts';
import { testStore } from '../../../support/database.ts';

const anna: SignedIn = { entraTenant: 'TENANT', objectId: 'OID-ANNA', name: 'Anna Berger', address: 'Anna@Example.com' };
const annasMailbox: MailboxProfile = { instance: 'm365', id: 'OID-ANNA', addresses: ['anna@example.com', 'a.berger@example.com'], displayName: 'Anna Berger' };

function refuse(): never {
  throw new Error('accounts do not ask this');
}

/** As much of a calendar system as accounts ask. */
function directory(mailboxes: () => MailboxProfile[], asked: string[] = []): CalendarSource {
  return {
    instance: 'm365', capabilities: { notifications: false, changes: false, write: false, create: false },
    async findMailbox(wanted) {
      asked.push(wanted);
      return mailboxes().find((each) => each.id.toLowerCase() === wanted.toLowerCase() || each.addresses.includes(wanted)) ?? null;
    },
    event: refuse, changes: refuse, occurrences: refuse, between: refuse, times: refuse, besides: refuse, subscribe: refuse, renew: refuse, unsubscribe: refuse, edit: refuse, rewrite: refuse, create: refuse, reschedule: refuse, cancel: refuse,
  };
}

describe('accounts', () => {
  let opened: Awaited<ReturnType<typeof testStore>>;
  let store: Store;
  let tenant = '';
  let count = 0;
  const clock = createLabClock({ startAt: Date.parse('2026-11-21T12:00:00Z'), paused: true });
  before(async () => {
    opened = await testStore();
    store = opened.store;
  });
  after(() => opened.close());

  async function accounts(calendars: CalendarSource[] = []): Promise<Accounts> {
    const made = createAccounts({ clock, store, calendars });
    await made.ensureTenant(tenant, 'Example');
    return made;
  }
  beforeEach(() => {
    count += 1;
    tenant = `t${count}`;
  });

  it('are one person, whether somebody signs in or is looked up by their address first, or both at the same moment', async () => {
    const made = await accounts([directory(() => [annasMailbox])]);
    const sightings = [() => made.personFor(tenant, anna), () => made.personByAddress(tenant, 'a.berger@example.com'), () => made.personFor(tenant, anna), () => made.personByAddress(tenant, 'anna@example.com')];
    const seen = await Promise.all(sightings.map((see) => see()));
    assert.equal(new Set(seen.map((person) => person?.personId)).size, 1);
    assert.equal((await made.mailboxOf(tenant, seen[0]?.personId ?? ''))?.id, 'OID-ANNA');
  });

  it('who signed in first are the owner of their mailbox, whoever asks for it later', async () => {
    const before = await (await accounts()).personFor(tenant, anna);
    const later = await accounts([directory(() => [annasMailbox])]);
    assert.equal((await later.personByAddress(tenant, 'a.berger@example.com'))?.personId, before.personId);
  });

  it('make a person at first sight, and know them by tenant and object id whatever they are called', async () => {
    const made = await accounts();
    const first = await made.personFor(tenant, anna);
    assert.deepEqual(first, { personId: first.personId, name: 'Anna Berger', address: 'anna@example.com' });
    const married = await made.personFor(tenant, { ...anna, name: 'Anna Roth', address: 'anna.roth@example.com' });
    assert.equal(married.personId, first.personId);
    assert.deepEqual(await made.person(tenant, first.personId), married);
    assert.equal((await made.personByAddress(tenant, 'anna.roth@example.com'))?.personId, first.personId);
    assert.equal((await made.personByAddress(tenant, 'ANNA@example.com'))?.personId, first.personId);
  });

  it('do not take somebody for another who has got their address', async () => {
    const made = await accounts();
    const first = await made.personFor(tenant, anna);
    const second = await made.personFor(tenant, { ...anna, objectId: 'OID-OTHER' });
    assert.notEqual(second.personId, first.personId);
    assert.equal(await made.personByAddress(tenant, 'anna@example.com'), null, 'two candidates: a question, never a guess');
  });

  it('keep organisations apart', async () => {
    const made = await accounts();
    const here = await made.personFor(tenant, anna);
    await made.ensureTenant('elsewhere', 'Other');
    const there = await made.personFor('elsewhere', anna);
    assert.notEqual(there.personId, here.personId);
    assert.equal(await made.person('elsewhere', here.personId), null);
  });

  it('make one person for requests that come together', async () => {
    const made = await accounts();
    const all = await Promise.all(Array.from({ length: 8 }, () => made.personFor(tenant, anna)));
    assert.equal(new Set(all.map((each) => each.personId)).size, 1);
    const people = await store.db.selectFrom('person').select('person_id').where('tenant_id', '=', tenant).execute();
    assert.equal(people.length, 1);
  });

  it('find a person\'s calendar by object id, and ask only once', async () => {
    const asked: string[] = [];
    const made = await accounts([directory(() => [annasMailbox], asked)]);
    const { personId } = await made.personFor(tenant, anna);
    const expected = { instance: 'm365', id: 'OID-ANNA', address: 'anna@example.com' };
    assert.deepEqual(await made.mailboxOf(tenant, personId), expected);
    assert.deepEqual(await made.mailboxOf(tenant, personId), expected);
    assert.deepEqual(asked, ['oid-anna']);
  });

  it('find no calendar where there is none, and look again the next time', async () => {
    let mailboxes: MailboxProfile[] = [];
    const made = await accounts([directory(() => mailboxes)]);
    const { personId } = await made.personFor(tenant, anna);
    assert.equal(await made.mailboxOf(tenant, personId), null);
    mailboxes = [annasMailbox];
    assert.equal((await made.mailboxOf(tenant, personId))?.id, 'OID-ANNA');
  });

  it('do not give somebody else\'s calendar to a person with the same address', async () => {
    const made = await accounts([directory(() => [annasMailbox])]);
    const other = await made.personFor(tenant, { ...anna, objectId: 'OID-OTHER' });
    assert.equal(await made.mailboxOf(tenant, other.personId), null);
  });

  it('make the owner of a calendar for a delegate, and recognise them when they sign in themselves', async () => {
    const made = await accounts([directory(() => [annasMailbox])]);
    const owner = await made.personByAddress(tenant, 'A.Berger@example.com');
    assert.equal(owner?.name, 'Anna Berger');
    assert.equal((await made.personByAddress(tenant, 'anna@example.com'))?.personId, owner?.personId);
    assert.equal((await made.personFor(tenant, anna)).personId, owner?.personId);
    assert.equal(await made.personByAddress(tenant, 'nobody@example.com'), null);
  });

  it('say on /me which calendar a person has, or why none', async () => {
    const caller = { tenantId: tenant, personId: '', name: 'Anna', address: 'anna@example.com', roles: ['user'], ticketFor: null, language: 'en', correlationId: 'c' } as const;
    const ask = async (made: Accounts, hasCalendars = true): Promise<{ mailbox: unknown; mailboxReason: string | null }> => {
      const { personId } = await made.personFor(tenant, anna);
      const { mailbox, mailboxReason } = await accountHandlers(made, { version: '1', hasCalendars }).me({ params: {}, query: {}, body: {} }, { ...caller, personId });
      return { mailbox, mailboxReason };
    };
    const away = directory(() => {
      throw new TheirError('m365', 'unavailable', 'away');
    });
    assert.deepEqual(await ask(await accounts(), false), { mailbox: null, mailboxReason: 'no-calendar-connected' });
    assert.deepEqual(await ask(await accounts([directory(() => [])])), { mailbox: null, mailboxReason: 'no-mailbox' });
    assert.deepEqual(await ask(await accounts([away])), { mailbox: null, mailboxReason: 'calendar-away' });
    assert.deepEqual(await ask(await accounts([directory(() => [annasMailbox])])), { mailbox: { instance: 'm365', address: 'anna@example.com' }, mailboxReason: null });
  });
});
