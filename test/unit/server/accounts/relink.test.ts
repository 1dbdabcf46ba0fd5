import assert from 'node:assert/strict';
import { createLabClock } from '../../../../lab/clock.ts';
import { createGroups } from '../../../../server/accounts/groups/groups.ts';
import { createAccounts, type Accounts, type LinkChange, type SignedIn } from '../../../../server/accounts/people.ts';
import { TheirError, UserError } from '../../../../server/domain/errors.ts';
import type { CalendarSource, MailboxProfile } from '../../../../server/ports/calendar-source.ts';
import type { Store } from '../../../../server/store/connect.ts';
import { suiteStore } from '../../../support/suite-store.ts';

const tenant = 'default';
const before: MailboxProfile = { instance: 'm365', id: 'OID-BEFORE', addresses: ['anna@example.com'], displayName: 'Anna Berger' };
const anew: MailboxProfile = { ...before, id: 'OID-ANEW', addresses: ['anna@example.com', 'a.berger@example.com'] };
const signedIn = (objectId: string): SignedIn => ({ entraTenant: 'TENANT', objectId, name: 'Anna Berger', address: 'anna@example.com' });
const refused = (code: string) => (error: unknown): boolean => error instanceof UserError && error.problem.code === code;

describe('a mailbox that becomes somebody’s', () => {
  const emptied = suiteStore();
  const clock = createLabClock({ startAt: Date.parse('2026-11-21T12:00:00Z'), paused: true });
  let store: Store;
  let accounts: Accounts;
  let directory: MailboxProfile[];
  let told: LinkChange[];
  let isSilent: boolean;
  beforeEach(async () => {
    store = emptied();
    [directory, told, isSilent] = [[before], [], false];
    const calendar = {
      instance: 'm365',
      async findMailbox(wanted: string) {
        if (isSilent) throw new TheirError('m365', 'no-answer', 'is slow');
        return directory.find((each) => each.id.toLowerCase() === wanted.toLowerCase() || each.addresses.includes(wanted)) ?? null;
      },
    } as unknown as CalendarSource;
    accounts = createAccounts({ clock, store, calendars: [calendar] });
    accounts.onLinked(async (_tx, _tenant, change) => void told.push(change));
    await accounts.ensureTenant(tenant, 'Example');
  });
  after(() => clock.stop());

  const idOf = async (personId: string): Promise<string | undefined> => (await accounts.mailboxOf(tenant, personId))?.id;

  it('is told once when it is the first, and not for every look', async () => {
    const { personId } = await accounts.personFor(tenant, signedIn('OID-BEFORE'));
    assert.deepEqual(told, []);
    for (let look = 0; look < 3; look++) await accounts.mailboxOf(tenant, personId);
    assert.deepEqual(told, [{ personId, was: [] }]);
  });

  it('replaces the one that was, by an administrator’s word, and whoever says it twice changes nothing', async () => {
    const { personId } = await accounts.personFor(tenant, signedIn('OID-BEFORE'));
    await accounts.mailboxOf(tenant, personId);
    directory = [anew];
    told.length = 0;
    assert.deepEqual(await accounts.linkMailbox(tenant, personId, { address: ' A.Berger@Example.com ', take: false }), { instance: 'm365', address: 'anna@example.com', source: 'administrator' });
    assert.deepEqual([await idOf(personId), told], ['OID-ANEW', [{ personId, was: [{ instance: 'm365', id: 'OID-BEFORE' }] }]]);
    assert.equal(await accounts.ownerOfMailbox(tenant, { instance: 'm365', id: 'OID-BEFORE' }), null);
    assert.equal((await accounts.mailboxLink(tenant, personId))?.source, 'administrator');
    assert.equal(await accounts.knownByAddress(tenant, 'a.berger@example.com'), personId);
    await accounts.linkMailbox(tenant, personId, { address: 'anna@example.com', take: true });
    assert.equal(told.length, 1);
  });

  it('of an account that was made anew is one person’s again with "take": mailbox, sign-in and addresses', async () => {
    const { personId } = await accounts.personFor(tenant, signedIn('OID-BEFORE'));
    await accounts.mailboxOf(tenant, personId);
    directory = [anew];
    const stranger = await accounts.personFor(tenant, signedIn('OID-ANEW'));
    await accounts.mailboxOf(tenant, stranger.personId);
    assert.notEqual(stranger.personId, personId);
    assert.equal(await accounts.knownByAddress(tenant, 'anna@example.com'), null, 'two people have it');
    await assert.rejects(accounts.linkMailbox(tenant, personId, { address: 'anna@example.com', take: false }), refused('mailbox-taken'));
    assert.equal(await idOf(personId), 'OID-BEFORE', 'nothing was changed by asking');
    told.length = 0;
    await accounts.linkMailbox(tenant, personId, { address: 'anna@example.com', take: true });
    assert.deepEqual([await idOf(personId), await idOf(stranger.personId)], ['OID-ANEW', undefined]);
    assert.deepEqual(told, [{ personId, was: [{ instance: 'm365', id: 'OID-BEFORE' }] }, { personId: stranger.personId, was: [{ instance: 'm365', id: 'OID-ANEW' }] }]);
    assert.equal((await accounts.personFor(tenant, signedIn('OID-ANEW'))).personId, personId, 'whoever signs in with the new account is the old person');
    assert.equal(await accounts.knownByAddress(tenant, 'anna@example.com'), personId);
  });

  it('is asked for first where its owner has signed in and was never looked up', async () => {
    const { personId } = await accounts.personFor(tenant, signedIn('OID-BEFORE'));
    await accounts.personFor(tenant, signedIn('OID-ANEW'));
    directory = [anew];
    await assert.rejects(accounts.linkMailbox(tenant, personId, { address: 'anna@example.com', take: false }), refused('mailbox-taken'));
  });

  it('must be known to a mail system, as its person must be here; and a listener that fails leaves everything as it was', async () => {
    const { personId } = await accounts.personFor(tenant, signedIn('OID-BEFORE'));
    await accounts.mailboxOf(tenant, personId);
    await assert.rejects(accounts.linkMailbox(tenant, personId, { address: 'nobody@example.com', take: false }), refused('mailbox-unknown'));
    await assert.rejects(accounts.linkMailbox(tenant, 'nobody', { address: 'anna@example.com', take: true }), refused('person-unknown'));
    directory = [anew];
    accounts.onLinked(async () => Promise.reject(new Error('the database is away')));
    await assert.rejects(accounts.linkMailbox(tenant, personId, { address: 'anna@example.com', take: false }), /database is away/);
    isSilent = true;
    await assert.rejects(accounts.linkMailbox(tenant, personId, { address: 'anna@example.com', take: false }), TheirError);
    assert.equal(await idOf(personId), 'OID-BEFORE');
  });
});

describe('groups tell of other settings', () => {
  const emptied = suiteStore();
  const clock = createLabClock({ startAt: Date.parse('2026-11-21T12:00:00Z'), paused: true });
  after(() => clock.stop());

  it('for whoever comes or goes, by an administrator or by a token, and for all when ranks change or a group ends', async () => {
    const store = emptied();
    const accounts = createAccounts({ clock, store, calendars: [] });
    await accounts.ensureTenant(tenant, 'Example');
    const { personId } = await accounts.personFor(tenant, signedIn('OID-BEFORE'));
    const groups = createGroups({ clock, store });
    const told: string[] = [];
    groups.onChanged(async (_tx, _tenant, { scope, scopeId }) => void told.push(`${scope} ${scopeId}`));
    const { id } = await groups.make(tenant, { name: 'Sales', claim: 'g1', rank: 1 });
    assert.deepEqual(told, []);
    await groups.add(tenant, id, personId);
    await groups.takeOut(tenant, id, personId);
    await groups.heard(tenant, personId, ['g1']);
    await groups.heard(tenant, personId, ['g1']);
    await groups.heard(tenant, personId, []);
    assert.deepEqual(told.splice(0), Array.from({ length: 4 }, () => `person ${personId}`));
    await groups.change(tenant, id, { name: 'Sales team' });
    await groups.change(tenant, id, { rank: 2 });
    await groups.remove(tenant, id);
    assert.deepEqual(told, [`group ${id}`, `group ${id}`]);
  });
});
