import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { OutcomeView, WhatIfResponse } from '../../contract/availability/admin.ts';
import type { AvailabilityView } from '../../contract/availability/availability.ts';
import { askAsPage } from './admin-page.ts';
import { anna, type Stage } from './tieline.ts';
import { until } from './until.ts';

/**
 * Asks what-if about seven states of Anna's on two lines (from the calendar, from rules that are not saved, by hand), then saves the rules, lets each instant come, and calls: presence, routing and
 * greeting are what was said. `page`: of an administrator.
 */
export async function whatIfComesTrue(stage: Stage, page: Page): Promise<void> {
  const { clock, lab } = stage.tieline;
  const { asterisk } = lab;
  const minute = 60_000;
  const asAdmin = <T>(method: string, path: string, body?: object): Promise<T> => askAsPage<T>(page, method, path, body);
  // A second line of hers, and one sound for each of her states that callers can be told apart by.
  await asAdmin('POST', '/api/v1/lines/import', { csv: `pbx,extension,owner,devices,voicemail\npbx,201,${anna},PJSIP/201,201@default\npbx,203,${anna},PJSIP/203,203@default` });
  const layer = '/api/v1/organisation/settings/availability';
  const { settings } = await asAdmin<{ settings: { version: number; values: { mapping: Record<string, string>; greetings: Record<string, string> } } }>('GET', layer);
  const set = { mapping: { ...settings.values.mapping, busy: 'busy', tentative: 'ignore', outOfOffice: 'away' }, greetings: { ...settings.values.greetings, outOfOffice: 'prompt:tieline/closed', doNotDisturb: 'prompt:tieline/goodbye' }, rules: [{ id: 'quiet', when: { subjectHas: ['quiet'] }, makes: 'doNotDisturb' }] };
  const proposal = { group: null, set, inherit: [] };
  clock.pause();
  const start = Math.ceil(clock.now() / minute) * minute + 35 * minute;
  const kinds = [['Meeting', 'busy'], ['Maybe', 'tentative'], ['Quiet please', 'busy'], ['Holiday', 'oof']] as const;
  for (const [index, [subject, showAs]] of kinds.entries()) {
    const from = start + index * 15 * minute;
    lab.exchange.saveItem(anna, { subject, showAs, start: from, end: from + 10 * minute, zone: 'Europe/Berlin', body: { type: 'text', content: '' } });
  }
  clock.resume();
  const asked = (at: number, unsaved: boolean) => asAdmin<WhatIfResponse>('POST', '/api/v1/organisation/availability/what-if', { person: anna, at: new Date(at).toISOString(), ...(unsaved ? { proposal } : {}) });
  const last = start + (kinds.length - 1) * 15 * minute + minute;
  await until(async () => (await asked(last, true)).proposed?.why.rule === 'outOfOffice');
  const instants = [...kinds.map((_kind, index) => start + index * 15 * minute + minute), last + 15 * minute];
  const foretold: OutcomeView[] = [];
  for (const at of instants) foretold.push((await asked(at, true)).proposed ?? assert.fail());
  await asAdmin('PATCH', layer, { version: settings.version, set, inherit: [], locks: [] });
  const lines = ['201', '203'];

  async function meets(extension: string): Promise<{ does: string; sound: string | null }> {
    const caller = asterisk.phone('202');
    caller.dial(extension);
    const rings = (): boolean => asterisk.phone(extension).view().call?.phase === 'ringing';
    await until(() => rings() || caller.view().isRecorded);
    const sounds = caller.view().hears.flatMap(({ kind, sound }) => (kind === 'sound' && sound !== undefined ? [sound] : []));
    const met = rings() ? { does: 'ring', sound: null } : { does: 'voicemail', sound: sounds.find((sound) => sound.startsWith('tieline/')) ?? null };
    caller.hangUp();
    await until(() => caller.view().call === null && asterisk.phone(extension).view().call === null);
    return met;
  }
  async function comesTrue(outcome: OutcomeView, name: string): Promise<string> {
    const now = async () => (await stage.api<{ availability: AvailabilityView }>('GET', '/api/v1/availability')).availability;
    await until(async () => {
      const { state, why, until: end } = await now();
      return state.face === outcome.state.face && why.rule === outcome.why.rule && end === outcome.until;
    });
    const presence = outcome.state.availability === 'available' ? 'available' : outcome.state.availability === 'doNotDisturb' ? 'dnd' : outcome.state.face === 'outOfOffice' ? 'xa' : 'away';
    for (const extension of lines) {
      await until(() => asterisk.exchange.presences.get(`CustomPresence:${extension}`).state === presence);
      const { does, hears } = outcome.phones.find((phone) => phone.extension === extension) ?? assert.fail(`${name}: nothing was said of ${extension}`);
      // Each call takes its time: the second line is called where the first one's callers reached the box.
      if (extension === lines[0] || does === 'voicemail') assert.deepEqual(await meets(extension), { does, sound: does === 'voicemail' ? (hears?.sound ?? null) : null }, `${name}, ${extension}`);
    }
    return `${outcome.state.face} ${outcome.phones[0]?.does}`;
  }
  const met: string[] = [];
  for (const [index, at] of instants.entries()) {
    clock.advance(at - clock.now());
    met.push(await comesTrue(foretold[index] ?? assert.fail(), kinds[index]?.[0] ?? 'afterwards'));
    assert.deepEqual((await asked(at, false)).present.phones, foretold[index]?.phones, 'asked about now, it says the same');
  }
  assert.deepEqual(met, ['busy ring', 'available ring', 'doNotDisturb voicemail', 'outOfOffice voicemail', 'available ring']);
  // By hand, with an end: asked about while it stands, and after it.
  const end = clock.now() + 10 * minute;
  await stage.api('PUT', '/api/v1/availability', { face: 'doNotDisturb', title: null, until: new Date(end).toISOString() });
  const [during, after] = [(await asked(end - minute, false)).present, (await asked(end + minute, false)).present];
  assert.deepEqual([await comesTrue(during, 'by hand'), during.phones[0]?.hears?.sound], ['doNotDisturb voicemail', 'tieline/goodbye']);
  clock.advance(end + minute - clock.now());
  assert.equal(await comesTrue(after, 'after that'), 'available ring');
}
