import assert from 'node:assert/strict';
import { createLabClock } from '../../../../lab/clock.ts';
import { readLineCsv, writeLineCsv } from '../../../../server/accounts/lines/csv.ts';
import { createAccounts } from '../../../../server/accounts/people.ts';
import { createLines, type Lines } from '../../../../server/accounts/lines/lines.ts';
import { matchLine, type FoundLine } from '../../../../server/accounts/lines/match.ts';
import { addIdentity, ensureTenant, insertPerson } from '../../../../server/accounts/rows.ts';
import { testStore } from '../../../support/database.ts';

const start = Date.parse('2026-11-28T09:00:00Z');
const day = 24 * 60 * 60_000;

/** Of lines that are nobody's. */
const all = { skip: 0, limit: 500 };

describe('a list of phone lines', () => {
  it('is read with either sign between the cells, columns in any order, and what is left out', async () => {
    const { entries, mistakes } = await readLineCsv('\uFEFFextension;PBX;owner;devices;voicemail\n201;pbx;Anna@Example.com;PJSIP/201|PJSIP/201-home;201@default\n\n202;pbx;;;\n');
    assert.deepEqual(mistakes, []);
    assert.deepEqual(entries[0], { row: 2, pbx: 'pbx', context: 'default', extension: '201', name: undefined, devices: ['PJSIP/201', 'PJSIP/201-home'], voicemailBox: '201@default', owner: 'anna@example.com', members: undefined });
    assert.equal(entries[1]?.owner, null);
    assert.equal((await readLineCsv('pbx\textension\towner\npbx\t201\tanna@example.com')).entries[0]?.owner, 'anna@example.com', 'as it is pasted from a table program');
  });

  it('names every broken line with field and remedy, and takes the rest', async () => {
    const { entries, mistakes } = await readLineCsv([
      'pbx,extension,owner,voicemail,name', 'pbx,201,anna@example.com,201@default,"Berger, Anna"', 'pbx,,anna@example.com,,', 'pbx,203,not an address,,', 'pbx,204,,204,', 'pbx,201,jonas@example.com,,', 'PBX!,205,,,',
      'pbx,206,,,"=HYPERLINK(""x"")"',
    ].join('\n'));
    assert.deepEqual(entries.map((each) => each.extension), ['201', '206']);
    assert.equal(entries[0]?.name, 'Berger, Anna');
    assert.deepEqual(mistakes.map(({ row, field }) => [row, field]), [[3, 'extension'], [4, 'owner'], [5, 'voicemail'], [6, 'extension'], [7, 'pbx']]);
    assert.match(mistakes[3]?.message ?? '', /line 2 already/);
    assert.ok(mistakes.every((each) => each.remedy !== ''));
  });

  it('takes 50,000 lines of which 1,000 are broken, each named', async () => {
    const rows = Array.from({ length: 50_000 }, (_, n) => (n % 50 === 7 ? `pbx,${n},broken` : `pbx,${n},p${n}@example.com`));
    let turns = 0;
    let isOver = false;
    const count = (): void => {
      turns += 1;
      if (!isOver) setImmediate(count);
    };
    setImmediate(count);
    const { entries, mistakes } = await readLineCsv(['pbx,extension,owner', ...rows].join('\r\n'));
    isOver = true;
    assert.ok(turns > 200, `others had their turn ${turns} times`);
    assert.deepEqual([entries.length, mistakes.length], [49_000, 1_000]);
    assert.equal(mistakes[0]?.row, 9);
  });

  it('is written so that no cell is a formula for a table program, and read back as it was', async () => {
    const line = { pbx: 'pbx', context: 'default', extension: '+493023125201', name: '=HYPERLINK("http://evil.example","Bill")', devices: 'PJSIP/201|PJSIP/201-home', voicemail: '201@default', owner: 'anna@example.com', members: '' };
    const names = ['@SUM(A1)', '-1+1', '\'quoted\'', 'Müller; "Tim", Ops', 'איתן'];
    const written = writeLineCsv([line, ...names.map((name, index) => ({ ...line, extension: String(300 + index), name }))]);
    const cells = written.split('\r\n').slice(1, -1).flatMap((row) => row.slice(1, -1).split('","'));
    assert.equal(cells.some((cell) => /^[=+\-@\t\r]/.test(cell)), false, written);
    const { entries, mistakes } = await readLineCsv(`\uFEFF${written}`);
    assert.deepEqual(mistakes, []);
    assert.deepEqual(entries.map(({ name }) => name), [line.name, ...names]);
    assert.deepEqual([entries[0]?.extension, entries[0]?.devices, entries[0]?.members], ['+493023125201', ['PJSIP/201', 'PJSIP/201-home'], []]);
  });

  it('survives what is no list', async () => {
    assert.deepEqual((await readLineCsv('')).entries, []);
    const { entries, mistakes } = await readLineCsv('pbx,extension\npbx,"201\npbx,202');
    assert.equal(entries.length, 0);
    assert.ok(mistakes.length > 0);
  });
});

describe('whose line it is', () => {
  const line: FoundLine = { pbx: 'pbx', context: 'default', extension: '201', name: 'Anna', devices: [], voicemailBox: '201@default', boxAddress: 'anna@example.com' };
  const nobody = { byNumber: () => [], byAddress: () => [] };
  const templates = { number: '+493023125{extension}', address: '{extension}@phones.example.com' };

  it('is said by the directory’s number before the box’s address before a rule', () => {
    const byAddress = (address: string): string[] => (address === 'anna@example.com' ? ['anna'] : address === '201@phones.example.com' ? ['jonas'] : []);
    assert.deepEqual(matchLine(line, { byNumber: (number) => (number === '+493023125201' ? ['maria'] : []), byAddress }, templates), { owner: 'maria', source: 'directory' });
    assert.deepEqual(matchLine(line, { ...nobody, byAddress }, templates), { owner: 'anna', source: 'voicemail' });
    assert.deepEqual(matchLine({ ...line, boxAddress: '' }, { ...nobody, byAddress }, templates), { owner: 'jonas', source: 'template' });
  });

  it('is a question when two people fit, and never a guess', () => {
    assert.deepEqual(matchLine(line, { ...nobody, byAddress: () => ['anna', 'other'] }, templates), { owner: null, reason: 'several', source: 'voicemail', candidates: ['anna', 'other'] });
    assert.deepEqual(matchLine(line, nobody, templates), { owner: null, reason: 'nobody' });
  });
});

describe('lines', () => {
  let opened: Awaited<ReturnType<typeof testStore>>;
  let lines: Lines;
  let anna = '';
  let tenant = '';
  let count = 0;
  let directory: Record<string, string> = {};
  const clock = createLabClock({ startAt: start, paused: true });
  before(async () => {
    opened = await testStore();
  });
  after(() => opened.close());
  beforeEach(async () => {
    count += 1;
    tenant = `lines${count}`;
    directory = {};
    const { store } = opened;
    await ensureTenant(store.db, tenant, 'Example', clock.now());
    anna = await insertPerson(store.db, tenant, { name: 'Anna', address: 'anna@example.com' }, clock.now());
    await addIdentity(store.db, tenant, anna, 'address', 'anna@example.com', 'directory', clock.now());
    lines = createLines({ clock, store, pbxs: ['pbx'], templates: { number: null, address: null }, personByAddress: async (_tenant, address) => (directory[address] ? { personId: directory[address] } : null) });
  });

  it('are written from a list; a line of an unknown phone system and an unknown member are named', async () => {
    const imported = await lines.importCsv(tenant, 'pbx,extension,owner,voicemail,members\npbx,201,anna@example.com,201@default,\nother,202,,,\npbx,203,,,x@example.com');
    assert.deepEqual(imported.mistakes.map(({ row, field }) => [row, field]), [[3, 'pbx'], [4, 'members']]);
    assert.deepEqual((await lines.ownedBy(tenant, anna)).map((each) => each.extension), ['201']);
    assert.equal((await lines.ofBox(tenant, 'pbx', '201@default'))?.owner?.personId, anna);
  });

  it('that many share are owned by none of their members: a call on one marks nobody (P6)', async () => {
    await lines.importCsv(tenant, 'pbx,extension,devices,members\npbx,900,PJSIP/900,anna@example.com');
    assert.deepEqual(await lines.membersOf(tenant, { pbx: 'pbx', context: 'default', extension: '900' }), [anna]);
    assert.equal(await lines.ownerWith(tenant, 'pbx', { device: 'PJSIP/900' }), null);
    assert.deepEqual(await lines.ownedBy(tenant, anna), []);
  });

  it('keep what a list has no column for: naming an owner takes nobody\'s telephone, box or colleagues away', async () => {
    const place = { pbx: 'pbx', context: 'default', extension: '201' };
    await lines.importCsv(tenant, 'pbx,extension,name,devices,voicemail,members\npbx,201,Desk,PJSIP/201,201@default,anna@example.com');
    await lines.importCsv(tenant, 'pbx,extension,owner\npbx,201,anna@example.com');
    const { name, devices, voicemailBox, owner } = (await lines.all(tenant))[0] ?? assert.fail('no line');
    assert.deepEqual({ name, devices, voicemailBox, owner: owner?.personId }, { name: 'Desk', devices: ['PJSIP/201'], voicemailBox: '201@default', owner: anna });
    assert.deepEqual(await lines.membersOf(tenant, place), [anna]);
    await lines.importCsv(tenant, 'pbx,extension,name,voicemail,members\npbx,201,,,');
    const emptied = (await lines.all(tenant))[0];
    assert.deepEqual([emptied?.name, emptied?.voicemailBox, emptied?.owner?.personId, await lines.membersOf(tenant, place)], ['', null, anna, []], 'an empty cell empties');
  });

  it('are written as a list that changes nothing when it is taken again', async () => {
    await lines.importCsv(tenant, 'pbx,context,extension,name,devices,voicemail,owner,members\npbx,default,201,"Berger, Anna",PJSIP/201|PJSIP/9,201@default,anna@example.com,\npbx,default,900,=Sales,,,,anna@example.com\npbx,default,202,,,,new@example.com,');
    const before = await lines.all(tenant);
    const imported = await lines.importCsv(tenant, await lines.exportCsv(tenant));
    assert.deepEqual(imported, { taken: 3, claimed: 1, mistakes: [] });
    assert.deepEqual(await lines.all(tenant), before);
    assert.deepEqual(await lines.membersOf(tenant, { pbx: 'pbx', context: 'default', extension: '900' }), [anna]);
  });

  it('are only looked at when asked so', async () => {
    assert.equal((await lines.importCsv(tenant, 'pbx,extension\npbx,201', { onlyLook: true })).taken, 1);
    assert.deepEqual(await lines.all(tenant), []);
  });

  it('keep since when they have their owner, and begin anew with another: voicemail before that is somebody else’s', async () => {
    await lines.importCsv(tenant, 'pbx,extension,owner\npbx,201,anna@example.com');
    clock.advance(day);
    await lines.importCsv(tenant, 'pbx,extension,owner,name\npbx,201,anna@example.com,Desk');
    assert.equal((await lines.ownedBy(tenant, anna))[0]?.owner?.since, start);
    const jonas = await insertPerson(opened.store.db, tenant, { name: 'Jonas', address: 'jonas@example.com' }, clock.now());
    await addIdentity(opened.store.db, tenant, jonas, 'address', 'jonas@example.com', 'directory', clock.now());
    await lines.importCsv(tenant, 'pbx,extension,owner\npbx,201,jonas@example.com');
    assert.equal((await lines.ownedBy(tenant, jonas))[0]?.owner?.since, start + day);
    clock.advance(-day);
  });

  it('of two people with one extension in two contexts only one drives what the phone system shows, until it is theirs no more (A045)', async () => {
    const jonas = await insertPerson(opened.store.db, tenant, { name: 'Jonas', address: 'jonas@example.com' }, clock.now());
    await addIdentity(opened.store.db, tenant, jonas, 'address', 'jonas@example.com', 'directory', clock.now());
    await lines.importCsv(tenant, 'pbx,context,extension,owner\npbx,sales,201,anna@example.com');
    clock.advance(1);
    await lines.importCsv(tenant, 'pbx,context,extension,owner\npbx,office,201,jonas@example.com\npbx,office,202,jonas@example.com');
    const driven = async () => (await lines.drivenByAny(tenant, [anna, jonas])).map(({ context, extension }) => `${context} ${extension}`);
    assert.deepEqual(await driven(), ['sales 201', 'office 202']);
    assert.deepEqual((await lines.drivenByAny(tenant, [jonas])).map(({ extension }) => extension), ['202']);
    // Greeting and do-not-disturb key ask the other way round, and get the same one; who is calling from there is not guessed.
    assert.deepEqual([await lines.driverOf(tenant, 'pbx', '201'), await lines.driverOf(tenant, 'pbx', '202'), await lines.driverOf(tenant, 'other', '201')], [anna, jonas, null]);
    assert.equal(await lines.ownerWith(tenant, 'pbx', { extension: '201' }), null);
    await lines.remove(tenant, { pbx: 'pbx', context: 'sales', extension: '201' });
    assert.deepEqual(await driven(), ['office 201', 'office 202']);
    assert.equal(await lines.driverOf(tenant, 'pbx', '201'), jonas);
    clock.advance(-1);
  });

  it('whose owner is not known yet are asked about, now and a day later, and listed until then', async () => {
    const imported = await lines.importCsv(tenant, 'pbx,extension,owner\npbx,201,new@example.com');
    assert.equal(imported.claimed, 1);
    assert.deepEqual((await lines.unmatched(tenant, all)).lines.map(({ reason, candidates }) => [reason, ...candidates]), [['unknown-address', 'new@example.com']]);
    assert.deepEqual(await lines.resolveClaims(tenant), { asked: 1, found: 0 });
    directory['new@example.com'] = anna;
    await lines.resolveClaims(tenant);
    assert.equal((await lines.ownedBy(tenant, anna)).length, 0);
    clock.advance(day + 1);
    await lines.resolveClaims(tenant);
    assert.equal((await lines.ownedBy(tenant, anna)).length, 1);
    assert.deepEqual(await lines.unmatched(tenant, all), { lines: [], total: 0 });
    clock.advance(-day - 1);
  });

  it('whose owner signs in for the first time, or with a new address, are asked about at once: without a directory people are known by nothing else', async () => {
    const accounts = createAccounts({ clock, store: opened.store, calendars: [] });
    const own = createLines({ clock, store: opened.store, pbxs: ['pbx'], templates: { number: null, address: null }, personByAddress: (whose, address) => accounts.personByAddress(whose, address) });
    await own.importCsv(tenant, 'pbx,extension,owner\npbx,221,First@Example.com\npbx,222,later@example.com\npbx,223,nobody@example.com');
    await own.resolveClaims(tenant);
    const due = async () => (await opened.store.db.selectFrom('work').select('key').where('kind', '=', 'lines.claims').where('due_at', '<=', new Date(clock.now())).execute()).length;
    const signIn = (address: string) => accounts.personFor(tenant, { issuer: 'https://id.example', subject: 'first', name: 'First', address });
    await opened.store.db.deleteFrom('work').where('kind', '=', 'lines.claims').execute();
    for (const [address, extension] of [['first@example.com', '221'], ['later@example.com', '222']] as const) {
      const { personId } = await signIn(address);
      assert.equal(await due(), 1);
      assert.deepEqual(await own.resolveClaims(tenant), { asked: 1, found: 1 });
      assert.ok((await own.ownedBy(tenant, personId)).some((line) => line.extension === extension));
      await opened.store.db.deleteFrom('work').where('kind', '=', 'lines.claims').execute();
      await signIn(address);
      assert.equal(await due(), 0, 'and who is known already wakes nobody');
    }
  });

  it('that are nobody\'s come in parts, each once and in one order', async () => {
    await lines.importCsv(tenant, `pbx,extension,owner\n${Array.from({ length: 7 }, (_, index) => `pbx,70${index},${index % 2 === 0 ? '' : `nobody${index}@example.com`}`).join('\n')}`);
    const parts = [await lines.unmatched(tenant, { skip: 0, limit: 3 }), await lines.unmatched(tenant, { skip: 3, limit: 3 }), await lines.unmatched(tenant, { skip: 6, limit: 3 })];
    assert.deepEqual(parts.map(({ lines: part, total }) => [part.length, total]), [[3, 7], [3, 7], [1, 7]]);
    assert.deepEqual(parts.flatMap(({ lines: part }) => part.map(({ extension, reason }) => `${extension} ${reason}`)), (await lines.unmatched(tenant, all)).lines.map(({ extension, reason }) => `${extension} ${reason}`));
    assert.deepEqual(parts[1]?.lines[0]?.candidates, ['nobody3@example.com']);
  });

  it('that an administrator writes while a mail system is asked for their owner stand as they were written', async () => {
    const found: FoundLine = { pbx: 'pbx', context: 'default', extension: '201', name: 'Shown', devices: [], voicemailBox: '201@default', boxAddress: 'new@example.com' };
    const asking = createLines({
      clock, store: opened.store, pbxs: ['pbx'], templates: { number: null, address: null },
      async personByAddress() {
        await lines.importCsv(tenant, 'pbx,extension,owner,devices,voicemail\npbx,201,anna@example.com,PJSIP/201,');
        return { personId: anna };
      },
    });
    assert.equal(await asking.adopt(tenant, [found], new Map()), 1);
    assert.deepEqual(await asking.resolveClaims(tenant), { asked: 1, found: 0 });
    assert.deepEqual((await lines.ownedBy(tenant, anna)).map(({ devices, voicemailBox }) => [devices, voicemailBox]), [[['PJSIP/201'], null]]);
    assert.equal(await asking.adopt(tenant, [found], new Map()), 0);
  });

  it('that a phone system shows are matched once, and an administrator’s word stands', async () => {
    const found: FoundLine = { pbx: 'pbx', context: 'default', extension: '201', name: 'Anna', devices: ['PJSIP/201'], voicemailBox: '201@default', boxAddress: 'anna@example.com' };
    assert.equal(await lines.adopt(tenant, [found], new Map()), 1);
    assert.equal((await lines.all(tenant))[0]?.owner?.source, 'voicemail');
    await lines.importCsv(tenant, 'pbx,extension,owner\npbx,201,');
    assert.equal(await lines.adopt(tenant, [found], new Map()), 0);
    assert.equal((await lines.all(tenant))[0]?.owner, null);
  });
});
