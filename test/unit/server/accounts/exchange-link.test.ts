import assert from 'node:assert/strict';
import { createLabClock } from '../../../../lab/clock.ts';
import { createExchangeLinks, type ExchangeLinks } from '../../../../server/accounts/exchange/link.ts';
import { createAccounts, type Accounts } from '../../../../server/accounts/people.ts';
import { TheirError, UserError } from '../../../../server/domain/errors.ts';
import type { OutgoingMail } from '../../../../server/ports/mail-sender.ts';
import { testStore } from '../../../support/database.ts';

const metadata = 'https://mail.example.com/autodiscover/metadata/json/1';
const account = `${metadata} aaaa@example.com`;
const anna = { address: 'Anna@Example.com', name: 'Anna Berger', language: 'en' };
const minute = 60_000;

describe('linking an account of an Exchange server to a person', () => {
  const clock = createLabClock({ startAt: Date.parse('2026-11-21T12:00:00Z'), paused: true });
  let opened: Awaited<ReturnType<typeof testStore>>;
  let accounts: Accounts;
  let links: ExchangeLinks;
  let tenant = '';
  let count = 0;
  let mails: OutgoingMail[] = [];
  let failure: TheirError | null = null;

  function linksWith(hasMail: boolean): ExchangeLinks {
    const mailSender = { instance: 'mail', from: 'tieline@example.com', async send(mail: OutgoingMail) {
      mails.push(mail);
      if (failure) throw failure;
    } };
    return createExchangeLinks({
      clock, store: opened.store, accounts, mailSender: hasMail ? mailSender : null, mailDomain: 'tieline.example.com',
      words: (language, { code, minutes }) => ({ from: 'Tieline', subject: language, text: `${code} ${minutes}` }),
    });
  }
  before(async () => {
    opened = await testStore();
  });
  after(() => opened.close());
  beforeEach(async () => {
    count += 1;
    tenant = `t${count}`;
    accounts = createAccounts({ clock, store: opened.store, calendars: [] });
    await accounts.ensureTenant(tenant, 'Example');
    mails = [];
    failure = null;
    links = linksWith(true);
  });

  const lastCode = () => mails.at(-1)?.text.split(' ')[0] ?? '';
  const isRefused = (code: string) => (error: unknown) => error instanceof UserError && error.problem.code === code;
  const wrong = () => (lastCode() === '00000000' ? '00000001' : '00000000');

  it('a code goes to the address, and whoever types it is that person from then on', async () => {
    assert.equal(await links.personFor(tenant, account), null);
    assert.deepEqual(await links.ask(tenant, account, anna), { way: 'mail', endsAt: clock.now() + 15 * minute });
    assert.deepEqual(mails.map(({ to, subject }) => [to.address, to.name, subject]), [['anna@example.com', 'Anna Berger', 'en']]);
    const code = lastCode();
    assert.match(code, /^\d{8}$/);
    const person = await links.confirm(tenant, account, ` ${code.slice(0, 4)} ${code.slice(4)} `);
    assert.deepEqual([person.name, person.address], ['Anna Berger', 'anna@example.com']);
    assert.deepEqual(await links.personFor(tenant, account), person);
    // A second pane that still shows the form.
    assert.deepEqual(await links.confirm(tenant, account, 'anything'), person);
    assert.deepEqual(await links.waiting(tenant), []);
  });

  it('somebody who is known by that address already stays who they are', async () => {
    const known = await accounts.personFor(tenant, { issuer: 'https://login.example.com', subject: 's1', name: 'Anna B.', address: 'anna@example.com' });
    await links.ask(tenant, account, anna);
    assert.deepEqual(await links.confirm(tenant, account, lastCode()), known);
  });

  it('a code is good for its own account only, for fifteen minutes, and for five tries, however many come at once', async () => {
    await links.ask(tenant, account, anna);
    await assert.rejects(links.confirm(tenant, `${metadata} other@example.com`, lastCode()), isRefused('exchange-code-over'));
    await assert.rejects(links.confirm(tenant, account, wrong()), isRefused('exchange-code-wrong'));
    const tries = await Promise.allSettled(Array.from({ length: 8 }, () => links.confirm(tenant, account, wrong())));
    const said = tries.map((each) => (each.status === 'rejected' && each.reason instanceof UserError ? each.reason.problem.code : 'let in'));
    assert.deepEqual(said.toSorted(), [...Array.from({ length: 4 }, () => 'exchange-code-over'), ...Array.from({ length: 4 }, () => 'exchange-code-wrong')]);
    await assert.rejects(links.confirm(tenant, account, lastCode()), isRefused('exchange-code-over'));
    clock.advance(minute);
    await links.ask(tenant, account, anna);
    clock.advance(15 * minute);
    await assert.rejects(links.confirm(tenant, account, lastCode()), isRefused('exchange-code-over'));
  });

  it('mails come once a minute and five times a day, so that nobody\'s mailbox is filled', async () => {
    await links.ask(tenant, account, anna);
    await assert.rejects(links.ask(tenant, account, anna), isRefused('exchange-code-later'));
    for (let more = 0; more < 4; more++) {
      clock.advance(minute);
      await links.ask(tenant, account, anna);
    }
    clock.advance(minute);
    await assert.rejects(links.ask(tenant, account, anna), isRefused('exchange-code-later'));
    assert.equal(mails.length, 5);
    clock.advance(24 * 60 * minute);
    await links.ask(tenant, account, anna);
  });

  it('a mail that was not sent leaves no code, and can be tried again at once; one in doubt is good', async () => {
    failure = new TheirError('mail', 'unavailable', 'down');
    await assert.rejects(links.ask(tenant, account, anna), TheirError);
    await assert.rejects(links.confirm(tenant, account, lastCode()), isRefused('exchange-code-over'));
    failure = new TheirError('mail', 'no-answer', 'who knows');
    assert.equal((await links.ask(tenant, account, anna)).way, 'mail');
    assert.ok(await links.confirm(tenant, account, lastCode()));
  });

  it('an address of somebody who has an account on that server already is an administrator\'s question', async () => {
    await links.ask(tenant, account, anna);
    await links.confirm(tenant, account, lastCode());
    const second = `${metadata} bbbb@example.com`;
    await links.ask(tenant, second, anna);
    await assert.rejects(links.confirm(tenant, second, lastCode()), isRefused('exchange-address-taken'));
    const jonas = await links.decide(tenant, second, 'jonas@example.com');
    assert.equal(jonas.address, 'jonas@example.com');
    assert.deepEqual(await links.personFor(tenant, second), jonas);
  });

  it('where nothing can be mailed an administrator says whose it is, or that it is nobody\'s', async () => {
    links = linksWith(false);
    assert.equal((await links.ask(tenant, account, anna)).way, 'administrator');
    await assert.rejects(links.confirm(tenant, account, ''), isRefused('exchange-code-over'));
    assert.deepEqual(await links.waiting(tenant), [{ account, address: 'anna@example.com', name: 'Anna Berger', firstAt: clock.now() }]);
    await links.refuse(tenant, account);
    await assert.rejects(links.decide(tenant, account, null), isRefused('exchange-account-unknown'));
    await links.ask(tenant, account, anna);
    assert.equal((await links.decide(tenant, account, null)).address, 'anna@example.com');
    assert.deepEqual(mails, []);
  });

  it('accounts that nobody linked are forgotten after two weeks', async () => {
    await links.ask(tenant, account, anna);
    clock.advance(14 * 24 * 60 * minute + 1);
    await links.ask(tenant, `${metadata} cccc@example.com`, { ...anna, address: 'c@example.com' });
    assert.deepEqual((await links.waiting(tenant)).map(({ address }) => address), ['c@example.com']);
  });
});
