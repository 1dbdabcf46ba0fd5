import { TheirError, UserError } from '../../domain/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { MailSender } from '../../ports/mail-sender.ts';
import type { Queries } from '../../store/schema.ts';
import type { RunTransaction } from '../../store/transaction.ts';
import type { Accounts } from '../people.ts';
import { addIdentity, findByIdentity, identitiesOf, insertPerson, oneAtATime, updatePerson, type Person } from '../rows.ts';
import { hashOf, isCode, newLinkCode } from './code.ts';
import { findLink, removeLink, removeLinksBefore, saveLink, waitingLinks, type LinkRow } from './rows.ts';

/**
 * Whose an account of an Exchange server is. Its identity token names no address, so the address is proved once: by a code that is mailed there, or by an administrator.
 * A link in the mail would do as well for somebody who presses what they are sent; a code has to be carried to the Outlook that asked.
 */
export interface ExchangeLinks {
  /** The person whose account it is; null as long as nobody has said so. */
  personFor(tenantId: string, account: string): Promise<Person | null>;
  /** Mails a code to the address, or leaves the account to an administrator where nothing can be mailed. @throws UserError, TheirError */
  ask(tenantId: string, account: string, claim: { address: string; name: string; language: string }): Promise<{ way: 'mail' | 'administrator'; endsAt: number }>;
  /** @throws UserError */
  confirm(tenantId: string, account: string, code: string): Promise<Person>;
  waiting(tenantId: string): Promise<{ account: string; address: string; name: string; firstAt: number }[]>;
  /** An administrator's word instead of a code; null address takes the one that the account named. @throws UserError */
  decide(tenantId: string, account: string, address: string | null): Promise<Person>;
  refuse(tenantId: string, account: string): Promise<void>;
}

export interface ExchangeLinkDeps {
  clock: Clock;
  store: { db: Queries; transaction: RunTransaction };
  accounts: Pick<Accounts, 'personByAddress'>;
  /** Null where no connector sends mails. */
  mailSender: MailSender | null;
  /** Domain of our Message-IDs. */
  mailDomain: string;
  words(language: string, facts: { code: string; minutes: number }): { from: string; subject: string; text: string };
}

const codeMs = 15 * 60_000;
const pauseMs = 60_000;
const dayMs = 24 * 60 * 60_000;
const mostTries = 5;
const mostCodes = 5;
const keepMs = 14 * dayMs;

export function createExchangeLinks(deps: ExchangeLinkDeps): ExchangeLinks {
  const { clock, store, accounts, mailSender } = deps;

  async function personFor(tenantId: string, account: string): Promise<Person | null> {
    const [known] = await findByIdentity(store.db, tenantId, 'exchange', account);
    if (!known) return null;
    const { personId, name, address } = known;
    if (clock.now() - known.lastSeenAt > dayMs) await updatePerson(store.db, tenantId, { personId, name, address }, clock.now());
    return { personId, name, address };
  }

  /** What is mailed is written down before: a code in a mail that nobody knows here would be worse than none. */
  function draw(tenantId: string, account: string, claim: { address: string; name: string }, code: string): Promise<LinkRow> {
    return store.transaction(async (tx) => {
      const now = clock.now();
      await removeLinksBefore(tx, tenantId, now - keepMs);
      const last = await findLink(tx, tenantId, account);
      const since = last && now - last.firstAt < dayMs ? last : null;
      if (mailSender && last?.codeHash && now - last.askedAt < pauseMs) throw later('A code is on its way already.', 'Look into your mailbox, and ask again in a minute.');
      if (since && since.codes >= mostCodes) throw later('Too many codes were asked for.', 'Try again tomorrow, or ask an administrator to link your account.');
      const row = {
        account, address: claim.address, name: claim.name, codeHash: mailSender ? hashOf(code) : null, tries: 0, codes: (since?.codes ?? 0) + (mailSender ? 1 : 0),
        firstAt: since?.firstAt ?? now, askedAt: now, endsAt: now + codeMs,
      };
      await saveLink(tx, tenantId, row);
      return row;
    });
  }

  async function mail(row: LinkRow, code: string, language: string, to: MailSender): Promise<void> {
    const { from, subject, text } = deps.words(language, { code, minutes: codeMs / 60_000 });
    await to.send({ messageId: `link-${hashOf(row.account).slice(0, 22)}@${deps.mailDomain}`, to: { name: row.name, address: row.address }, fromName: from, replyTo: null, subject, text });
  }

  /** Gives the account to whoever has the address, or to a person who is made for it. */
  async function join(tenantId: string, account: string, { address, name }: { address: string; name: string }, source: string): Promise<Person> {
    // Asks the calendars, so before the transaction: an owner of a mailbox is a person already, or becomes one here.
    const owner = await accounts.personByAddress(tenantId, address);
    return store.transaction(async (tx) => {
      await oneAtATime(tx, tenantId);
      const now = clock.now();
      const holders = await findByIdentity(tx, tenantId, 'address', address);
      if (holders.length > 1) throw taken('Two people here are known by this address.');
      const known = holders[0] ?? owner;
      const server = account.split(' ')[0] ?? '';
      if (known && (await identitiesOf(tx, tenantId, known.personId, 'exchange')).some((other) => other !== account && other.startsWith(`${server} `))) {
        throw taken('Somebody else on this Exchange server is known by this address.');
      }
      const personId = known?.personId ?? (await insertPerson(tx, tenantId, { name: name || address, address }, now));
      if (!(await addIdentity(tx, tenantId, personId, 'exchange', account, source, now))) throw taken('This account is another person\'s.');
      await addIdentity(tx, tenantId, personId, 'address', address, source, now);
      await removeLink(tx, tenantId, account);
      return known ? { personId, name: known.name, address: known.address } : { personId, name: name || address, address };
    });
  }

  /** One try, counted before it is judged, so that no number of tries at once finds out more. */
  function attempt(tenantId: string, account: string, code: string): Promise<{ row: LinkRow | null; isRight: boolean }> {
    return store.transaction(async (tx) => {
      const row = await findLink(tx, tenantId, account);
      if (!row || row.codeHash === null || row.endsAt <= clock.now() || row.tries >= mostTries) return { row: null, isRight: false };
      const isRight = isCode(row.codeHash, code);
      if (!isRight) await saveLink(tx, tenantId, { ...row, tries: row.tries + 1 });
      return { row, isRight };
    });
  }

  return {
    personFor,
    async ask(tenantId, account, { address, name, language }) {
      const code = newLinkCode();
      const row = await draw(tenantId, account, { address: address.trim().toLowerCase(), name: name.trim() }, code);
      if (!mailSender) return { way: 'administrator', endsAt: row.askedAt + keepMs };
      await mail(row, code, language, mailSender).catch(async (error: unknown) => {
        // It may have arrived: then its code is good, and another one can be had in a minute.
        if (error instanceof TheirError && error.fault === 'no-answer') return;
        await store.transaction((tx) => saveLink(tx, tenantId, { ...row, codeHash: null }));
        throw error;
      });
      return { way: 'mail', endsAt: row.endsAt };
    },
    async confirm(tenantId, account, code) {
      const already = await personFor(tenantId, account);
      if (already) return already;
      const { row, isRight } = await attempt(tenantId, account, code);
      if (!row) throw new UserError(410, { code: 'exchange-code-over', field: 'code', message: 'This code is not good any more.', remedy: 'Ask for a new code.' });
      if (!isRight) throw new UserError(422, { code: 'exchange-code-wrong', field: 'code', message: 'That is not the code.', remedy: 'Type the eight digits of the newest mail.' });
      return join(tenantId, account, row, 'mail-code');
    },
    waiting: async (tenantId) => (await waitingLinks(store.db, tenantId)).map(({ account, address, name, firstAt }) => ({ account, address, name, firstAt })),
    async decide(tenantId, account, address) {
      const row = await store.transaction((tx) => findLink(tx, tenantId, account));
      if (!row) throw notWaiting();
      return join(tenantId, account, { name: row.name, address: address?.trim().toLowerCase() ?? row.address }, 'administrator');
    },
    async refuse(tenantId, account) {
      await removeLink(store.db, tenantId, account);
    },
  };
}

function later(message: string, remedy: string): UserError {
  return new UserError(429, { code: 'exchange-code-later', message, remedy });
}

function taken(message: string): UserError {
  return new UserError(409, { code: 'exchange-address-taken', field: 'address', message, remedy: 'An administrator must decide whose account it is.' });
}

function notWaiting(): UserError {
  return new UserError(404, { code: 'exchange-account-unknown', message: 'This account does not wait to be linked.', remedy: 'Load the list again.' });
}
