import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { markOf } from '../../../../invitation/lint/index.ts';
import type { LintRule } from '../../../../invitation/lint/index.ts';
import { PANE_CONTROL } from '../../../../addin/launchevent/question.ts';
import { block, id, joinBase, otherBlock } from '../../invitation/sample.ts';
import { makeOffice } from '../office-double.ts';
import type { DoubleOptions, OfficeDouble } from '../office-double.ts';
import { startEngine } from './bare-engine.ts';
import type { Server } from './bare-engine.ts';

const key = 'tieline.conference';
const api = 'https://tieline.example.com';
const location = `Room 4.12; ${joinBase}${id}`;
const own = `<p>Hello</p>${block.html}`;

const answer = { conference: { lobby: true, accessCode: '482913756', dialIn: [{ country: 'DE', number: '+493023125400' }] }, hostCode: markOf('730184625') };
const fine: Server = () => ({ status: 200, body: answer });
const open: Server = () => ({ status: 200, body: { ...answer, conference: { ...answer.conference, lobby: false } } });
const old: Server = () => ({ status: 200, body: { conference: {} } });

function office(options: DoubleOptions = {}): OfficeDouble {
  const double = makeOffice({ body: own, location, mailbox: 1.14, ...options });
  double.session.set(key, JSON.stringify({ api, id, ticket: '1.abcdef01.ticket', ticketExpiresAt: 7 }));
  return double;
}

const partner = { displayName: 'Eve', emailAddress: 'eve@partner.com', recipientType: 'externalUser' };
const utcUntilAutumn = { recurrenceTimeZone: { name: 'UTC', offset: 0 }, seriesTime: { getEndDate: () => '2027-10-31' } };

const bad: [LintRule, DoubleOptions, Server, RegExp][] = [
  ['host-code', { body: `<p>PIN 730 184 625</p>${block.html}` }, fine, /host code can be read/],
  ['two-blocks', { body: `${block.html}${otherBlock.html}` }, fine, /two sets of conference details/],
  ['foreign-block', { body: `<a href="https://zoom.us/j/9">x</a>${block.html}` }, fine, /has a Zoom link too/],
  ['open-to-strangers', { attendees: [partner] }, open, /eve@partner\.com can walk in/],
  ['room-strips', { location: '', places: [{ id: 'Room 4.12', type: 'room' }] }, fine, /Room 4\.12 will not have the link/],
  ['clock-change', { recurrence: utcUntilAutumn }, fine, /moves when the clocks change/],
  ['no-dial-in', { attendees: [{ displayName: 'Max', emailAddress: 'max@firma.at', recipientType: 'user' }] }, fine, /no phone number for AT/],
];

describe('send handler: what is wrong with the invite makes Outlook ask, softly', () => {
  const zone = process.env['TZ'];
  before(() => void (process.env['TZ'] = 'Europe/Berlin'));
  after(() => {
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
  });

  for (const [rule, options, server, words] of bad) {
    it(`${rule}: booked all the same, then asked, with the pane behind "Mend it first"`, async () => {
      const double = office(options);
      const engine = await startEngine(double, server);
      const verdict = await engine.raise('onAppointmentSend');
      assert.equal(verdict?.allowEvent, false);
      assert.match(verdict.errorMessage ?? '', words);
      assert.ok((verdict.errorMessage ?? '').length <= 500 && (verdict.cancelLabel ?? '').length <= 20);
      assert.equal(verdict.commandId, PANE_CONTROL);
      assert.equal(engine.requests.length, 1, 'whoever sends anyway has a booked conference');
      assert.deepEqual(JSON.parse(double.session.get(key) ?? ''), { api, id, ticket: '1.abcdef01.ticket', ticketExpiresAt: 7, told: [rule] });
      assert.deepEqual(double.bar, [], 'nobody is told that the invite went out');
    });
    const always = rule === 'host-code' || rule === 'two-blocks';
    it(`${rule}: ${always ? 'asked again at the next send' : 'asked once for this invite'}`, async () => {
      const engine = await startEngine(office(options), server);
      await engine.raise('onAppointmentSend');
      assert.equal((await engine.raise('onAppointmentSend'))?.allowEvent, !always);
    });
  }

  it('asks in the language of Outlook', async () => {
    const engine = await startEngine(office({ ...bad[1]?.[1], language: 'de-AT' }), fine);
    const verdict = await engine.raise('onAppointmentSend');
    assert.match(verdict?.errorMessage ?? '', /^In dieser Einladung stehen zweimal/);
    assert.equal(verdict?.cancelLabel, 'Erst beheben');
  });

  it('says several things in one question, each whole', async () => {
    const people = Array.from({ length: 40 }, (_, index) => ({ displayName: 'x', emailAddress: `person${index}@a-very-long-name.at`, recipientType: 'externalUser' }));
    const engine = await startEngine(office({ body: `<p>730184625 https://zoom.us/j/9</p>${block.html}${otherBlock.html}`, attendees: people }), open);
    const message = (await engine.raise('onAppointmentSend'))?.errorMessage ?? '';
    assert.match(message, /^Your host code .* two sets .* Zoom link too: ?|^Your host code .* two sets .* Zoom link too/);
    assert.ok(message.length <= 500 && message.endsWith('.'), message);
  });

  it('with the server away, asks about what Outlook alone shows, and lets go what it cannot know', async () => {
    const away: Server = () => ({ status: 503 });
    assert.equal((await (await startEngine(office({ body: `${block.html}${otherBlock.html}` }), away)).raise('onAppointmentSend'))?.allowEvent, false);
    assert.deepEqual(await (await startEngine(office({ attendees: [partner], body: `<p>730184625</p>${block.html}` }), away)).raise('onAppointmentSend'), { allowEvent: true });
  });

  it('lets an older server say less', async () => {
    const engine = await startEngine(office({ attendees: [partner], body: `<p>730184625</p>${block.html}` }), old);
    assert.deepEqual(await engine.raise('onAppointmentSend'), { allowEvent: true });
  });

  it('an invite as it should be goes without a question', async () => {
    for (const options of [{}, { mailbox: 1.5 }, { places: [{ id: 'Room 4.12', type: 'room' as const }, { id: `${joinBase}${id}`, type: 'custom' as const }] }]) {
      assert.deepEqual(await (await startEngine(office(options), fine)).raise('onAppointmentSend'), { allowEvent: true });
    }
  });

  it('does not lint an invite without a conference, whatever else is in it', async () => {
    const engine = await startEngine(makeOffice({ body: '<p>https://zoom.us/j/9 730184625</p>' }), fine);
    assert.deepEqual(await engine.raise('onAppointmentSend'), { allowEvent: true });
    assert.deepEqual(engine.requests, []);
  });

  for (const silent of ['location.getAsync', 'enhancedLocation.getAsync', 'optionalAttendees.getAsync', 'sessionData.setAsync', 'customProperties.saveAsync']) {
    it(`decides before 5 s when Outlook never answers ${silent}`, async () => {
      const engine = await startEngine(office({ body: `${block.html}${otherBlock.html}`, fail: { [silent]: -1 } }), fine);
      let decided: object | undefined;
      void engine.raise('onAppointmentSend').then((verdict) => {
        decided = verdict;
      });
      for (let turn = 0; turn < 30; turn += 1) await engine.advance(0);
      for (let turn = 0; turn < 48; turn += 1) await engine.advance(100);
      assert.ok(decided);
    });
  }

  it('a text of a million characters is looked at within the time that the server leaves', async () => {
    const engine = await startEngine(office({ body: `${'<p>730 184 62 https://example.com/x</p>'.repeat(26_000)}${block.html}` }), fine);
    const started = process.cpuUsage();
    assert.deepEqual(await engine.raise('onAppointmentSend'), { allowEvent: true });
    assert.ok(process.cpuUsage(started).user < 700_000, 'the server may take 3.8 s of 4.5');
  });

  it('the button behind "Mend it first" is one that the manifest has', async () => {
    assert.ok((await readFile('manifest.xml', 'utf8')).includes(`<Control xsi:type="Button" id="${PANE_CONTROL}">`));
  });
});
