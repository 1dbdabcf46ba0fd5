import assert from 'node:assert/strict';
import type { HoldRequest } from '../../../../../contract/conference/conference.ts';
import type { Store } from '../../../../../server/store/connect.ts';
import { holdIn, sendIn } from '../../../../support/conference-steps.ts';
import { conferenceSuite } from '../../../../support/conference-suite.ts';
import { anna, minute, start, type ConferenceWorld } from '../../../../support/conference-world.ts';
import { asked, shell } from '../../../../support/pages.ts';
import { pageHtml } from '../../../../../server/web/pages/page-shell.ts';

const times = { startsAt: new Date(start + 30 * minute).toISOString(), endsAt: new Date(start + 60 * minute).toISOString(), timeZone: 'Europe/Berlin' };
const hostile = '<img src=x onerror=alert(1)>"\'&';

describe('join page: what is true now, and nothing more than the invite says', () => {
  let store: Store;
  let world: ConferenceWorld;

  conferenceSuite((made) => ({ store, world } = made));

  async function show(id: string, language = 'en', path = '/j/:id'): Promise<{ status: number; html: string }> {
    const page = world.feature.pages.find((each) => each.path === path);
    assert.ok(page);
    const answer = await page.handle(asked({ params: { id }, language }));
    assert.ok('page' in answer);
    return { status: answer.status, html: pageHtml(answer.page, shell) };
  }

  async function sent(more: Partial<HoldRequest> = {}, caller = anna) {
    const conference = await holdIn(world, { ...times, ...more }, caller);
    await sendIn(world, conference.id, times, caller);
    return conference;
  }

  it('a link that is none is a 404 that says what to do, without a look at odd ids', async () => {
    for (const id of ['a'.repeat(26), 'A'.repeat(26), '', '../../etc/passwd', hostile, 'a'.repeat(25)]) {
      const { status, html } = await show(id);
      assert.equal(status, 404);
      assert.match(html, /There is no such conference\./);
      assert.equal(html.includes('onerror'), false);
    }
  });

  it('a hostile name is text, on every page', async () => {
    const { id } = await sent({ subject: hostile }, { ...anna, personId: 'eve', name: hostile });
    for (const path of ['/j/:id', '/j/:id/dial', '/j/:id/help']) {
      const { html } = await show(id, 'en', path);
      assert.equal(/<img[ >]|onerror=alert\(1\)>/.test(html), false, path);
    }
    assert.match((await show(id)).html, /&lt;img src=x onerror=alert\(1\)&gt;&quot;/);
  });

  it('neither subject nor host code nor passcode nor room is anywhere on it', async () => {
    const { id, hostCode, accessCode } = await sent({ subject: 'Takeover of Acme' });
    const { passcode, room } = await store.db.selectFrom('conference').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
    for (const path of ['/j/:id', '/j/:id/dial', '/j/:id/help']) {
      const { html } = await show(id, 'en', path);
      for (const secret of ['Takeover', hostCode ?? '-', `>${passcode}<`, room]) assert.equal(html.includes(secret), false, `${path} shows ${secret}`);
      if (path !== '/j/:id/help') assert.ok(html.includes(`tel:+493023125400,,${accessCode}%23`), path);
    }
  });

  const standings: [string, (id: string) => Promise<void> | void, RegExp, RegExp][] = [
    ['too early', () => undefined, /Opens at 11:12, in 20 minutes\./, /Öffnet um 11:12, in 20 Minuten\./],
    ['open', () => world.clock.advance(25 * minute), /Open now\. Call a number/, /Jetzt offen\. Rufen Sie/],
    ['live', (id) => {
      world.clock.advance(25 * minute);
      return occupied(id, 2);
    }, /Open now\..*2 people are in\./, /Jetzt offen\..*2 Personen sind da\./],
    ['over', () => world.clock.advance(91 * minute), /This conference is over\./, /Diese Konferenz ist vorbei\./],
    ['cancelled', (id) => stands(id, 'cancelled'), /This conference was cancelled\..*Anna Berger cancelled it on/, /Diese Konferenz wurde abgesagt\..*Anna Berger hat sie am/],
    ['not sent', (id) => stands(id, 'held'), /Its invite has not been sent\./, /Ihre Einladung wurde nicht gesendet\./],
  ];
  for (const [name, bring, english, german] of standings) {
    it(`says in English and German when it is ${name}`, async () => {
      const { id } = await sent();
      await bring(id);
      const en = await show(id);
      const de = await show(id, 'de');
      assert.deepEqual([en.status, de.status], [200, 200]);
      assert.match(en.html.replaceAll(/[\u202f\u00a0]/g, ' '), english);
      assert.match(de.html.replaceAll(/[\u202f\u00a0]/g, ' '), german);
    });
  }

  it('a language without words is English in everything, the page\'s own mark and the date included', async () => {
    const { id } = await sent();
    const { html } = await show(id, 'fr');
    assert.match(html, /<html lang="en">/);
  });

  it('a zone that nobody knows does not take the page away', async () => {
    const { id } = await sent({ timeZone: 'Mars/Olympus Mons' });
    assert.equal((await show(id)).status, 200);
  });

  const occupied = async (id: string, members: number): Promise<void> => void (await store.db.updateTable('conference').set({ state: 'live', members }).where('id', '=', id).execute());
  const stands = async (id: string, state: string): Promise<void> => void (await store.db.updateTable('conference').set({ state }).where('id', '=', id).execute());
});
