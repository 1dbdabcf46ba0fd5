import assert from 'node:assert/strict';
import ICAL from 'ical.js';
import type { PageAnswer, PageRequest } from '../../../../../../server/ports/page.ts';
import type { Store } from '../../../../../../server/store/connect.ts';
import { pageHtml } from '../../../../../../server/web/pages/page-shell.ts';
import { holdIn, sendIn } from '../../../../../support/conference-steps.ts';
import { conferenceSuite } from '../../../../../support/conference-suite.ts';
import { anna, minute, start, type ConferenceWorld } from '../../../../../support/conference-world.ts';
import { asked, shell } from '../../../../../support/pages.ts';

const times = { startsAt: new Date(start + 30 * minute).toISOString(), endsAt: new Date(start + 75 * minute).toISOString(), timeZone: 'Europe/Berlin' };
const owner = { tenantId: 'default', personId: 'anna', name: 'Anna Berger', address: 'anna@example.com', roles: ['user'] };

describe('join page: what a visitor can do, each through the form on the page', () => {
  let store: Store;
  let world: ConferenceWorld;
  let browsers = 0;
  conferenceSuite((made) => ({ store, world } = made));

  async function meeting(bridge = 'meet', subject = 'Takeover of Acme') {
    const conference = await holdIn(world, { ...times, subject, bridge });
    await sendIn(world, conference.id, { ...times, subject });
    return conference;
  }

  /** One browser of one visitor. */
  function visitor(more: Partial<PageRequest> = {}) {
    const own = { browser: `browser-${++browsers}`, address: `192.0.2.${browsers % 250}`, timeZone: 'Europe/Berlin', ...more };
    const go = (path: string, id: string, request: Partial<PageRequest> = {}): Promise<PageAnswer> => {
      const page = world.feature.pages.find((each) => each.path === path);
      assert.ok(page);
      return page.handle(asked({ ...own, params: { id }, ...request }));
    };
    return {
      look: async (id: string, query = '') => {
        const answer = await go('/j/:id', id, { query: new URLSearchParams(query) });
        assert.ok('page' in answer);
        return { text: pageHtml(answer.page, shell).replaceAll(/<style>.*?<\/style>/gs, ''), refresh: answer.page.refreshTo ?? answer.page.refreshSeconds };
      },
      press: (id: string, form: Record<string, string>) => go('/j/:id', id, { form: new URLSearchParams({ csrf: 'token', ...form }) }),
      enter: async (id: string) => {
        const answer = await go('/j/:id/enter', id);
        return 'location' in answer ? answer.location : '';
      },
      call: (id: string, number: string, key: string = crypto.randomUUID(), passcode = '') => go('/j/:id/call', id, { form: new URLSearchParams({ csrf: 'token', number, key, passcode }) }),
      file: async (id: string) => {
        const answer = await go('/j/:id/event.ics', id);
        assert.ok('file' in answer);
        return answer.file.content;
      },
    };
  }
  const opened = (): void => world.clock.advance(25 * minute);
  const commands = async (id: string) => store.db.selectFrom('conference_command').selectAll().where('conference_id', '=', id).execute();

  it('whoever is early waits without a script, and is let in by the bridge\'s own link when it opens', async () => {
    const { id, passcode } = await meeting();
    const sofia = visitor();
    const early = await sofia.look(id);
    assert.match(early.text, /<button class="filled wide">Join when it opens/);
    assert.equal(early.refresh, undefined, 'nothing is taken from under the hands of whoever types');
    await sofia.press(id, { name: 'Sofia Rossi', passcode });
    const waiting = await sofia.look(id);
    assert.match(waiting.text, /You wait at the door/);
    assert.equal(waiting.refresh, 15);
    assert.equal(await sofia.enter(id), `/j/${id}`, 'not before it opens');
    opened();
    assert.equal((await sofia.look(id)).refresh, `/j/${id}/enter`);
    const link = await sofia.enter(id);
    assert.match(link, /Sofia/);
    assert.equal(link.includes(passcode), false);
    assert.notEqual((await sofia.look(id)).refresh, `/j/${id}/enter`, 'coming back to the page does not go in again by itself');
  });

  it('a stranger is asked for the passcode; a wrong one is said and counted, and after five the address is held back, the code by phone is not', async () => {
    const { id, passcode, accessCode } = await meeting();
    opened();
    const eve = visitor();
    assert.match((await eve.look(id)).text, /Enter the passcode of the invite, or sign in\..*name="passcode"/s);
    assert.equal(await eve.enter(id), `/j/${id}`);
    for (let guess = 0; guess < 5; guess++) {
      await eve.press(id, { name: 'Eve', passcode: `99999${guess}` });
      assert.match((await eve.look(id)).text, /passcode is not right|Too many wrong/);
    }
    await eve.press(id, { name: 'Eve', passcode });
    assert.match((await eve.look(id)).text, /Too many wrong passcodes/);
    const sofia = visitor();
    await sofia.press(id, { name: 'Sofia', passcode });
    assert.equal((await sofia.look(id)).refresh, `/j/${id}/enter`);
    assert.equal((await world.feature.admission('default').decideByCode(accessCode, { instance: 'pbx', number: '+49301', callId: '1' })).admit, true);
  });

  it('looking at the page again guesses nothing, and an early wrong passcode is counted when it opens', async () => {
    const { id } = await meeting();
    const eve = visitor();
    await eve.press(id, { name: 'Eve', passcode: '000000' });
    opened();
    assert.match((await eve.look(id)).text, /passcode is not right/);
    for (let look = 0; look < 10; look++) assert.equal(/Too many/.test((await eve.look(id)).text), false);
  });

  it('a new passcode shuts out whoever typed the old one', async () => {
    const { id, passcode, version } = await meeting();
    const sofia = visitor();
    await sofia.press(id, { name: 'Sofia', passcode });
    await world.feature.handlers.change({ params: { id }, query: {}, body: { version: version + 1, newPasscode: true } }, anna);
    opened();
    assert.notEqual((await sofia.look(id)).refresh, `/j/${id}/enter`);
    assert.equal(await sofia.enter(id), `/j/${id}`);
  });

  it('the host needs no passcode and sees the subject; a stranger sees neither subject nor codes of the host', async () => {
    const { id, hostCode, passcode } = await meeting();
    opened();
    const host = visitor({ visitor: owner });
    const own = (await host.look(id)).text;
    assert.match(own, /Takeover of Acme.*Join in the browser/s);
    await host.press(id, {});
    assert.match(await host.enter(id), /Anna/);
    for (const stranger of [visitor(), visitor({ visitor: { ...owner, personId: 'eve', name: 'Eve', address: 'anna@example.com' } }), visitor({ visitor: { ...owner, tenantId: 'other' } })]) {
      const page = (await stranger.look(id)).text + (await stranger.file(id));
      assert.equal(page.includes('Takeover') || page.includes(hostCode ?? '-'), false);
      assert.equal((await stranger.file(id)).replaceAll(/^(DTSTAMP|DTSTART|DTEND|UID|URL|LOCATION).*(\r\n .*)*$/gm, '').includes(passcode), false, 'a stranger\'s file holds no passcode');
    }
  });

  it('a telephone conference has no browser button, and says what to do', async () => {
    const { id } = await meeting('pbx');
    opened();
    const { text } = await visitor().look(id);
    assert.match(text, /Open now\./);
    assert.match(text, /tel:\+493023125400,,\d{9}%23/);
    assert.equal(/Join in the browser/.test(text), false);
  });

  it('calls the phone of somebody who may come in: once for each press, only allowed numbers, three from one address', async () => {
    const { id, passcode } = await meeting('pbx');
    opened();
    const eve = visitor();
    const refused = await eve.call(id, '+49 170 1234567');
    assert.equal(refused.status, 403);
    const sofia = visitor();
    assert.equal((await sofia.call(id, '+49 170 1234567', crypto.randomUUID(), '000000')).status, 403);
    assert.equal((await sofia.call(id, '+1 (900) x', crypto.randomUUID(), passcode)).status, 422);
    const key = crypto.randomUUID();
    assert.equal((await sofia.call(id, '0049 (170) 123 45-67', key)).status, 303);
    assert.equal((await sofia.call(id, '0049 (170) 123 45-67', key)).status, 303);
    assert.equal((await commands(id)).length, 1);
    assert.equal((await sofia.call(id, '+491701234567')).status, 429, 'the address has had its three');
    assert.deepEqual((await commands(id)).map(({ call }) => JSON.stringify(call).includes('+491701234567')), [true]);
    const before = visitor();
    world.clock.advance(-20 * minute);
    assert.equal((await before.call(id, '+491701234567')).status, 403, 'nobody is called before it opens');
  });

  it('shows the visitor\'s own zone, and the one that they choose', async () => {
    const { id } = await meeting();
    assert.match((await visitor().look(id)).text, /11:22 to 12:07 \(Berlin\)/);
    assert.match((await visitor({ timeZone: 'America/New_York' }).look(id)).text, /05:22 to 06:07 \(New York\)/);
    assert.match((await visitor({ timeZone: null }).look(id)).text, /11:22 to 12:07 \(Berlin\)/);
  });

  it('the file is what two calendars read; cancelled, it takes the event out again', async () => {
    const { id } = await meeting();
    const read = (text: string) => new ICAL.Component(ICAL.parse(text));
    const file = read(await visitor().file(id));
    assert.equal(file.getFirstPropertyValue('method'), 'PUBLISH');
    assert.equal(new ICAL.Event(file.getFirstSubcomponent('vevent') ?? undefined).startDate.toJSDate().toISOString(), times.startsAt.replace('Z', 'Z'));
    await store.db.updateTable('conference').set({ state: 'cancelled' }).where('id', '=', id).execute();
    assert.equal(read(await visitor().file(id)).getFirstPropertyValue('method'), 'CANCEL');
  });

  it('a flood of visitors writes nothing: rows come from forms alone', async () => {
    const { id } = await meeting();
    for (let count = 0; count < 20; count++) await visitor().look(id);
    assert.equal((await store.db.selectFrom('conference_visit').selectAll().where('conference_id', '=', id).execute()).length, 0);
  });

  it('hostile names stay text on the page and in the bridge\'s link', async () => {
    const { id, passcode } = await meeting();
    const evil = '"><img src=x onerror=alert(1)>\r\nX: y';
    const eve = visitor();
    await eve.press(id, { name: evil, passcode });
    assert.equal(/<img/.test((await eve.look(id)).text), false);
    opened();
    assert.equal(/[\r\n<]/.test(await eve.enter(id)), false);
  });
});
