import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { barText } from '../../addin/commands/insert-conference.ts';
import { lintNow } from '../../addin/invite/lint.ts';
import { newInvite } from '../../addin/invite/new-invite.ts';
import type { PutOutcome, RemoveOutcome, Trouble } from '../../addin/invite/outcome.ts';
import { putConference, renewBlock, restoreBlock } from '../../addin/invite/put.ts';
import { readInvite } from '../../addin/invite/read.ts';
import { removeConference } from '../../addin/invite/remove.ts';
import { troubleOf } from '../../addin/invite/trouble.ts';
import { readAttendees } from '../../addin/office/attendees.ts';
import { askInDialog } from '../../addin/office/dialog.ts';
import { onItemChanged } from '../../addin/office/events.ts';
import { exchangeToken } from '../../addin/office/identity.ts';
import { onInviteChanged } from '../../addin/office/invite-changes.ts';
import { rememberNewAppointment } from '../../addin/office/new-appointment-wish.ts';
import { openMail } from '../../addin/office/new-mail.ts';
import { onPeopleChanged, peopleInItem } from '../../addin/office/people-in-item.ts';
import { itemIdInCalendar, readCarried, writeCarried } from '../../addin/office/shown-as.ts';
import { repeatInOwnZone } from '../../addin/office/series.ts';
import { headerKey } from '../../addin/office/voicemail-mail.ts';
import { saidOf } from '../../addin/taskpane/panels/meeting/trouble-said.ts';
import { refusalOf } from '../../addin/invite/refusal.ts';
import type { Refusal } from '../../addin/invite/refusal.ts';
import { barWords } from '../../words/bar.ts';
import { messageWords } from '../../words/messages.ts';
import { findBlocks } from '../../invitation/index.ts';
import { block, id, joinBase } from '../unit/invitation/sample.ts';
import { makeServer } from '../unit/addin/invite/server-double.ts';
import type { ServerDouble } from '../unit/addin/invite/server-double.ts';
import { startEngine } from '../unit/addin/launchevent/bare-engine.ts';
import { installOffice, makeOffice } from '../unit/addin/office-double.ts';
import type { DoubleOptions, OfficeDouble } from '../unit/addin/office-double.ts';
import { outlookCodes } from '../unit/addin/outlook-codes.ts';

/**
 * Every call that the add-in makes of Outlook, each with every code that Outlook has. Whatever fails: not a character of the person's text is lost, no conference is left reserved for nothing, and
 * where something could not be done there is a sentence with a remedy. The launch events are asked the same.
 */

const own = '<p>Hi all</p><p>Agenda: <b>numbers</b></p>';
const withOurs = `${own}${block.html}`;
const pressed = { idempotencyKey: 'ac2fb1a8-57ad-4a31-9c35-0b7b0f3a3c11', language: 'en' };

/** For the launch events, which are tried with every code elsewhere (launchevent.test.ts) and cost a script engine each: not supported, no permission, access restricted, generic, item changed. */
const someCodes = [5000, 7000, 9017, 9020, 9030];

interface World { office: OfficeDouble; server: ServerDouble }

/** What somebody does, beginning with which invite; what has to be so whatever became of it. */
interface Deed {
  name: string;
  options: DoubleOptions;
  run: (world: World) => Promise<Trouble | undefined>;
  /** `before` is the text that the deed began with. */
  holds: (world: World, before: string, trouble: Trouble | undefined) => void;
}

const troubleIn = (outcome: PutOutcome | RemoveOutcome): Trouble | undefined => (outcome.done === 'nothing' ? outcome.trouble : undefined);
const blocks = ({ office }: World): number => findBlocks(office.body, 'html', joinBase).length;
const reserved = ({ server }: World): number => [...server.conferences].filter(([known, { state }]) => known !== id && state === 'held').length;

function ownTextStands({ office }: World): void {
  assert.ok(office.body.startsWith(own), `the person's text is gone: ${office.body.slice(0, 80)}`);
}

const scene: DoubleOptions = { mailbox: 1.14, location: 'Room 4.12', owner: 'chef@example.com', places: [{ id: 'Room 4.12', type: 'room' }], recurrence: { recurrenceTimeZone: { name: 'UTC', offset: 0 }, seriesTime: { getEndDate: () => '2027-10-31', getStartDate: () => '2026-11-21', setStartTime: () => undefined } } };

const deeds: readonly Deed[] = [
  {
    name: 'add a conference', options: { ...scene, body: own },
    run: async ({ server }) => troubleIn(await putConference(server, pressed)),
    holds(world, before, trouble) {
      ownTextStands(world);
      assert.equal(blocks(world), trouble === undefined ? 1 : 0);
      assert.equal(reserved(world), trouble === undefined ? 1 : 0, 'what is not in the invite is given back');
      if (trouble !== undefined) assert.equal(world.office.body, before);
    },
  },
  {
    name: 'remove it', options: { ...scene, body: withOurs, places: [{ id: 'Room 4.12', type: 'room' }, { id: `${joinBase}${id}`, type: 'custom' }] },
    run: async ({ server }) => troubleIn(await removeConference(server)),
    holds(world, before, trouble) {
      ownTextStands(world);
      assert.equal(blocks(world), trouble === undefined ? 0 : 1);
      if (trouble !== undefined) assert.equal(world.office.body, before);
      assert.ok(world.office.places.some(({ type }) => type === 'room'), 'the room stays booked');
    },
  },
  {
    name: 'put it back', options: { ...scene, body: own },
    run: async ({ server }) => troubleIn(await restoreBlock(server, await server.client.read(id))),
    holds(world, before, trouble) {
      ownTextStands(world);
      assert.equal(blocks(world), trouble === undefined ? 1 : 0);
    },
  },
  {
    name: 'change its block', options: { ...scene, body: withOurs },
    run: async ({ server }) => troubleIn(await renewBlock(server, await server.client.read(id))),
    holds(world) {
      ownTextStands(world);
      assert.equal(blocks(world), 1);
    },
  },
  {
    name: 'add one in an Outlook of Mailbox 1.5', options: { mailbox: 1.5, location: 'Room 4.12', body: own },
    run: async ({ server }) => troubleIn(await putConference(server, pressed)),
    holds(world, before, trouble) {
      ownTextStands(world);
      assert.equal(blocks(world), trouble === undefined ? 1 : 0);
      assert.ok(world.office.location.startsWith('Room 4.12'));
      if (trouble !== undefined) assert.equal(world.office.body, before);
    },
  },
  {
    name: 'remove one in an Outlook of Mailbox 1.5', options: { mailbox: 1.5, location: `Room 4.12; ${joinBase}${id}`, body: withOurs },
    run: async ({ server }) => troubleIn(await removeConference(server)),
    holds(world, _before, trouble) {
      ownTextStands(world);
      assert.equal(blocks(world), trouble === undefined ? 0 : 1);
      assert.ok(world.office.location.startsWith('Room 4.12'));
    },
  },
  {
    name: 'let the series repeat by one’s own clock', options: { ...scene, body: withOurs },
    run: () => repeatInOwnZone().then(() => undefined, troubleOf),
    holds(world, before, trouble) {
      assert.equal(world.office.body, before);
      assert.equal(world.office.series.length, trouble === undefined ? 1 : 0);
    },
  },
  {
    name: 'read what is there', options: { ...scene, body: withOurs },
    run: async ({ server }) => (await readInvite(server)).trouble,
    holds: (world, before) => assert.equal(world.office.body, before),
  },
  {
    name: 'look for what is wrong', options: { ...scene, body: withOurs },
    async run({ server }) {
      assert.ok(Array.isArray(await lintNow((await server.client.read(id)).conference)));
      return undefined;
    },
    holds: (world, before) => assert.equal(world.office.body, before),
  },
];

/** What was asked beside, and nobody waits for, has been answered as well. */
async function allAnswered(): Promise<void> {
  await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
}

/** Places where our names for calls stand in the source: what is found there must be in this table. */
function callsInSource(): string[] {
  const files = readdirSync('addin/office').filter((name) => name.endsWith('.ts')).map((name) => readFileSync(`addin/office/${name}`, 'utf8'));
  const named = files.flatMap((text) => [...text.matchAll(/(?:officeCall|field|list)(?:<[^(]*>)?\('([\w.]+)'/g)].map((match) => String(match[1])));
  return [...new Set(named)].toSorted();
}

/** What Outlook answers with: the sentence, and what can be done. */
function isSaid(trouble: Trouble, call: string, code: number): void {
  assert.deepEqual(trouble, { kind: 'outlook', call, code });
  for (const language of ['en', 'de']) {
    const said = saidOf(trouble, { messages: messageWords(language), language, server: 'x', again: () => undefined, add: () => undefined });
    assert.ok(said !== undefined && said.lead.length > 20 && said.text.length > 20 && said.actions?.length === 1, 'a sentence, its meaning, a button');
    assert.ok(said.details?.some((line) => String(line).includes(String(code))), 'the code stands in Details');
    assert.ok(barText({ done: 'nothing', trouble }, barWords(language), language).text.length > 20);
  }
}

describe('Outlook refuses a call: every call × every code', () => {
  const tried = new Set<string>();

  function stage(options: DoubleOptions): World & { end: () => void } {
    const office = makeOffice(options);
    const server = makeServer();
    server.conferences.set(id, { state: 'scheduled', language: 'en' });
    return { office, server, end: installOffice(office) };
  }

  /** Which calls a deed makes, found out by doing it once with nothing refused. */
  async function callsOf({ options, run }: Deed): Promise<string[]> {
    const { end, ...world } = stage(options);
    try {
      await run(world);
      return [...new Set(world.office.calls)];
    } finally {
      end();
    }
  }

  for (const deed of deeds) {
    it(`${deed.name}: nothing of the text is lost, and what could not be done is said`, async () => {
      const calls = await callsOf(deed);
      assert.ok(calls.length > 1);
      for (const call of calls) {
        tried.add(call);
        for (const code of outlookCodes) {
          const { end, ...world } = stage({ ...deed.options, fail: { [call]: code } });
          const before = world.office.body;
          try {
            const trouble = await deed.run(world);
            deed.holds(world, before, trouble);
            if (trouble !== undefined) isSaid(trouble, call, code);
          } catch (cause) {
            throw new Error(`${call} failing with ${code}`, { cause });
          } finally {
            end();
          }
        }
      }
    });
  }

  /** Mailbox-wide calls and those of reading: each alone, with what the add-in does about a refusal. `rejects`: whoever pressed hears of it by the fault, which has a sentence. */
  const inMail = (section: string, ...names: string[]) => ({ section, people: names.map((name) => ({ address: `${name}@example.com`, name, isList: false })) });
  const others: readonly { call: string; options?: DoubleOptions; run: () => Promise<unknown>; ends: unknown }[] = [
    { call: 'displayDialogAsync', run: () => askInDialog('https://tieline.example.com/addin/sign-in.html'), ends: 'rejects' },
    { call: 'displayNewAppointmentFormAsync', run: () => newInvite(makeServer()), ends: 'rejects' },
    { call: 'displayNewMessageFormAsync', run: () => openMail({ to: ['a@example.com'], subject: 's', html: '', withShown: false }), ends: 'rejects' },
    { call: 'getUserIdentityTokenAsync', run: () => exchangeToken(), ends: 'rejects' },
    { call: 'mailbox.addHandlerAsync', run: () => onItemChanged(() => undefined), ends: 'rejects' },
    { call: 'getAllInternetHeadersAsync', run: () => headerKey(), ends: undefined },
    { call: 'getItemIdAsync', run: () => itemIdInCalendar(), ends: undefined },
    { call: 'to.getAsync', run: () => peopleInItem(), ends: [inMail('to', 'cc'), inMail('bcc', 'bcc')] },
    { call: 'cc.getAsync', run: () => peopleInItem(), ends: [inMail('to', 'to'), inMail('bcc', 'bcc')] },
    { call: 'bcc.getAsync', run: () => peopleInItem(), ends: [inMail('to', 'to', 'cc')] },
    { call: 'addHandlerAsync', run: () => onPeopleChanged(() => undefined), ends: undefined },
    { call: 'item.addHandlerAsync', run: async () => onInviteChanged(() => undefined)(), ends: undefined },
    { call: 'roamingSettings.saveAsync', run: () => rememberNewAppointment(true, 'https://tieline.example.com'), ends: undefined },
    { call: 'requiredAttendees.getAsync', run: () => readAttendees(), ends: 'rejects' },
    { call: 'loadCustomPropertiesAsync', run: () => readCarried(), ends: 'rejects' },
    { call: 'customProperties.saveAsync', run: () => writeCarried({ key: 'k', availability: 'dnd' }), ends: 'rejects' },
  ];

  /** A host in which only the call in question answers, by a refusal. */
  function refusing(call: string, code: number): () => void {
    const office = makeOffice({ mailbox: 1.14, fail: { [call]: code } });
    const { context } = office.office as { context: { mailbox: { item: object } & object; ui?: object } };
    const refuse = (name: string) => (...all: unknown[]) => {
      const done = all.findLast((each) => typeof each === 'function') as (answer: object) => void;
      setImmediate(() => done(name === call ? { status: 'failed', error: { code, name: 'Failed', message: `${name} failed` } } : { status: 'succeeded', value: undefined }));
    };
    const people = (name: string, value: string) => ({ getAsync: (done: (answer: object) => void) => (name === call ? refuse(name)(done) : done({ status: 'succeeded', value: [{ displayName: value, emailAddress: `${value}@example.com` }] })) });
    const forms = ['displayNewAppointmentFormAsync', 'displayNewMessageFormAsync', 'getUserIdentityTokenAsync'];
    Object.assign(context.mailbox, { addHandlerAsync: refuse('mailbox.addHandlerAsync'), convertToRestId: (value: string) => value, displayNewAppointmentForm: () => undefined, displayNewMessageForm: () => undefined }, Object.fromEntries(forms.map((name) => [name, refuse(name)])));
    Object.assign(context.mailbox.item, { addHandlerAsync: refuse(call) });
    if (['to', 'cc', 'bcc'].some((field) => call === `${field}.getAsync`)) Object.assign(context.mailbox.item, { itemType: 'message', to: people('to.getAsync', 'to'), cc: people('cc.getAsync', 'cc'), bcc: people('bcc.getAsync', 'bcc') });
    context.ui = { displayDialogAsync: refuse('displayDialogAsync') };
    return installOffice(office);
  }

  for (const { call, run, ends } of others) {
    it(`${call}: ${ends === 'rejects' ? 'whoever asked hears of it, with a sentence' : 'what it would have told is left out, and nothing else'}`, async () => {
      tried.add(call);
      for (const code of outlookCodes) {
        const end = refusing(call, code);
        try {
          if (ends !== 'rejects') assert.deepEqual(await run(), ends, String(code));
          else isSaid(troubleOf(await run().then(() => assert.fail(`no refusal with ${code}`), (fault: unknown) => fault)), call, code);
        } finally {
          await allAnswered();
          end();
        }
      }
    });
  }

  it('the information bar is a courtesy: nothing waits for it, nothing fails by it', async () => {
    tried.add('notificationMessages.replaceAsync');
    for (const code of outlookCodes) {
      const engine = await startEngine(makeOffice({ body: withOurs, fail: { 'notificationMessages.replaceAsync': code } }), () => ({ status: 503 }));
      assert.deepEqual(await engine.raise('onAppointmentSend'), { allowEvent: true }, String(code));
    }
  });

  for (const event of ['onAppointmentSend', 'onAppointmentOrganizer', 'onNewAppointmentOrganizer']) {
    it(`${event}: ends by itself whatever Outlook refuses, holds no invite back, and leaves the text alone or has the conference in it`, async () => {
      const api = 'https://tieline.example.com';
      const isNew = event.startsWith('onNew');
      const begin = (fail: Record<string, number>): OfficeDouble => {
        const double = makeOffice({ ...scene, body: isNew ? own : withOurs, location: `${joinBase}${id}`, fail, token: 'token', recurrence: null });
        double.session.set('tieline.conference', JSON.stringify({ api, id, ticket: '1.t', ticketExpiresAt: 7 }));
        if (isNew) double.roaming.set('tieline.new-appointment', api);
        return double;
      };
      const whole = begin({});
      await (await startEngine(whole, () => ({ status: 503 }))).raise(event);
      for (const call of new Set(whole.calls)) {
        for (const code of someCodes) {
          const double = begin({ [call]: code });
          const verdict = await (await startEngine(double, () => ({ status: 503 }))).raise(event);
          assert.notEqual(verdict?.allowEvent, false, `${call} ${code}`);
          assert.ok(double.body.startsWith(own), `${call} ${code}`);
        }
      }
    });
  }

  const remedies: readonly { kind: Refusal; codes: number[]; en: RegExp; de: RegExp }[] = [
    { kind: 'noRight', codes: [5002, 7000, 9038, 9047, 9055], en: /Ask the owner of this calendar/, de: /Besitzer dieses Kalenders/ },
    { kind: 'noNetwork', codes: [9021, 9040, 9041, 9042], en: /again when Outlook .*is connected/, de: /sobald Outlook .*verbunden ist/ },
    { kind: 'tooLong', codes: [1008, 2009, 5103, 5104], en: /Remove a picture/, de: /Bild oder eine alte zitierte Mail/ },
    { kind: 'outlookRefused', codes: [0, 5000, 5001, 9020, 9030, 9049, 12345], en: /Close and open the invite/, de: /Schließen und öffnen/ },
  ];
  for (const { kind, codes, ...said } of remedies) {
    it(`${kind}: ${codes.join(', ')} each have the remedy that helps, in every language`, () => {
      for (const code of codes) {
        assert.equal(refusalOf(code), kind, String(code));
        const trouble: Trouble = { kind: 'outlook', call: 'body.setAsync', code };
        for (const language of ['en', 'de'] as const) {
          const told = saidOf(trouble, { messages: messageWords(language), language, server: 'x', again: () => undefined, add: () => undefined });
          assert.match(told?.text ?? '', said[language], String(code));
        }
      }
    });
  }

  it('is a table of every call that the add-in makes', () => {
    assert.deepEqual(callsInSource().filter((call) => !tried.has(call)), []);
    assert.ok(callsInSource().length > 25);
  });
});
