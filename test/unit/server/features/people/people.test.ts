import assert from 'node:assert/strict';
import type { Caller } from '../../../../../contract/endpoint.ts';
import { createLabClock } from '../../../../../lab/clock.ts';
import { TheirError, UserError } from '../../../../../server/domain/errors.ts';
import { nextFreeHalfHour } from '../../../../../server/features/availability/rules/free.ts';
import { ifCalled } from '../../../../../server/features/people/card.ts';
import { createPeopleFeature, type PeopleFeature } from '../../../../../server/features/people/index.ts';
import type { DirectoryPerson } from '../../../../../server/ports/directory-source.ts';
import { silent } from '../../../../../server/ports/log.ts';
import { startGraphLab } from '../../../../contract/graph-calendar.ts';
import { ada } from '../../../../support/lab-mail.ts';

const caller: Caller = { tenantId: 'default', personId: 'anna', name: 'Anna', address: 'anna@example.com', roles: ['user'], ticketFor: null, language: 'en', correlationId: 'test' };
const hour = 60 * 60_000;

function told(name: string, address: string): DirectoryPerson {
  return { id: address, name, address, title: 'Head of Logistics', department: 'Logistics', office: 'Berlin', numbers: [{ kind: 'mobile', number: '+49 171 1' }] };
}

describe('colleagues', () => {
  const clock = createLabClock({ startAt: Date.parse('2026-11-28T09:00:00Z'), paused: true });
  after(() => clock.stop());
  let feature: PeopleFeature;
  let isAway: boolean;
  let asked: string[];
  let photo: Uint8Array | null;
  beforeEach(() => {
    isAway = false;
    asked = [];
    photo = Uint8Array.from([0xff, 0xd8, 1]);
    const jonas = { personId: 'jonas', name: 'Jonas Weber', address: 'jonas@example.com' };
    async function answer<T>(what: string, value: T): Promise<T> {
      asked.push(what);
      if (isAway) throw new TheirError('m365', 'unavailable', what);
      return value;
    }
    feature = createPeopleFeature({
      clock, log: silent,
      directories: [{ instance: 'm365', search: (text) => answer(`search ${text}`, [told('Weber, Jonas', 'jonas@example.com'), told('Nora New', 'nora@example.com')]), person: (address) => answer(`person ${address}`, address === 'nora@example.com' ? told('Nora New', address) : null), photo: (id) => answer(`photo ${id}`, photo && { contentType: 'image/jpeg', bytes: photo }) }],
      accounts: {
        byAddress: async (_tenant, address) => (address === jonas.address ? 'jonas' : null), person: async () => jonas, search: async () => [jonas], byExtension: async (_tenant, digits) => (digits === '202' ? [jonas] : []),
        extensionsOf: async () => new Map([['jonas', ['202']]]), mailboxOf: async () => ({ instance: 'm365', id: 'mailbox' }), domains: async () => new Set(['example.com']),
      },
      availability: { of: async () => null, freeHalfHour: async () => null, together: async () => null },
    });
  });

  const search = (q: string) => feature.handlers.search({ params: {}, query: { q }, body: {} }, caller);
  const card = async (address: string) => (await feature.handlers.card({ params: {}, query: { address }, body: {} }, caller)).card;

  it('are found here and in the directory, each once, with what both know', async () => {
    const { people, isPartial } = await search('web');
    assert.deepEqual(people.map(({ personId, name, about, extensions }) => [personId, name, about, extensions]), [
      ['jonas', 'Jonas Weber', 'Head of Logistics · Logistics · Berlin', ['202']], [null, 'Nora New', 'Head of Logistics · Logistics · Berlin', []],
    ]);
    assert.equal(isPartial, false);
  });
  it('are found by number without asking a directory', async () => {
    assert.deepEqual([(await search('202')).people.length, asked], [1, []]);
  });
  it('are found as far as they are known here when the directory does not answer, and that is said', async () => {
    isAway = true;
    const { people, isPartial } = await search('web');
    assert.deepEqual([people.map(({ name }) => name), isPartial, (await card('jonas@example.com')).name], [['Jonas Weber'], true, 'Jonas Weber']);
  });
  it('have a card with numbers; of a stranger nothing is told, and nobody is asked', async () => {
    assert.deepEqual((await card('nora@example.com')).numbers, [{ kind: 'mobile', number: '+49 171 1' }]);
    assert.deepEqual((await card('jonas@example.com')).numbers, [{ kind: 'extension', number: '202' }]);
    asked.length = 0;
    const { isInside, name, numbers } = await card('s.rossi@partner.example');
    assert.deepEqual([isInside, name, numbers, asked], [false, 's.rossi@partner.example', [], []]);
  });
  it('have a picture that is asked for once a day, and one that is missing is missing for ten minutes only where nobody answered', async () => {
    const see = () => feature.photo({ params: { id: 'jonas' } }, caller);
    const [first] = await Promise.all([see(), see()]);
    assert.deepEqual([first.contentType, asked], ['image/jpeg', ['photo mailbox']]);
    clock.advance(30 * hour);
    photo = null;
    const none = (error: unknown): boolean => error instanceof UserError && error.problem.code === 'photo-none';
    await assert.rejects(see(), none);
    await assert.rejects(see(), none);
    assert.equal(asked.length, 2);
  });
  it('are called as the phone system would', () => {
    const state = (availability: 'available' | 'busy' | 'doNotDisturb' | 'away', face: 'available' | 'meeting' | 'doNotDisturb' | 'outOfOffice') => ({ availability, face, title: null });
    assert.deepEqual([
      ifCalled({ state: state('busy', 'meeting'), onThePhone: false }), ifCalled({ state: state('available', 'available'), onThePhone: true }), ifCalled({ state: state('doNotDisturb', 'doNotDisturb'), onThePhone: true }),
      ifCalled({ state: state('away', 'outOfOffice'), onThePhone: null }),
    ], ['rings', 'busy', 'voicemail', 'voicemail']);
  });
});

describe('the next free half hour', () => {
  const friday = Date.parse('2026-11-27T16:10:00Z');
  const segment = (from: number, to: number, availability: 'available' | 'busy') => ({ from, to, state: { availability, face: availability, title: null }, why: { source: 'default', rule: 'nothing-else', eventId: null } }) as const;
  it('begins at a half hour, in office hours of the person’s own zone, and waits for Monday', () => {
    const week = [segment(friday, friday + 7 * 24 * hour, 'available')];
    assert.equal(nextFreeHalfHour(week, friday, 'Europe/Berlin')?.from, Date.parse('2026-11-27T16:30:00Z'));
    assert.equal(nextFreeHalfHour(week, friday + hour, 'Europe/Berlin')?.from, Date.parse('2026-11-30T07:00:00Z'));
    assert.equal(nextFreeHalfHour(week, friday, 'Asia/Tokyo')?.from, Date.parse('2026-11-29T23:00:00Z'));
  });
  it('is not beside a meeting that begins a minute later, and is none in a week without one', () => {
    const at = Date.parse('2026-11-30T08:00:00Z');
    assert.equal(nextFreeHalfHour([segment(at, at + 29 * 60_000, 'available'), segment(at + 29 * 60_000, at + hour, 'busy'), segment(at + hour, at + 9 * hour, 'available')], at, 'UTC')?.from, at + hour);
    assert.equal(nextFreeHalfHour([segment(at, at + 7 * 24 * hour, 'busy')], at, 'UTC'), null);
  });
});

describe('colleagues in Microsoft 365', () => {
  it('are searched, read and pictured over the wire; quotes in a name break nothing', async () => {
    const world = await startGraphLab();
    try {
      const { directorySource } = world.graph;
      assert.ok(directorySource);
      const lab = world.lab.exchange.person(ada) ?? assert.fail();
      Object.assign(lab, { jobTitle: 'Analyst', department: 'Engines', businessPhones: ['+44 20 1'], photo: Buffer.from('\x89PNG....', 'latin1') });
      const found = await directorySource.search(lab.name.split(' ')[0]?.slice(0, 3) ?? '', 5);
      assert.deepEqual(found.find(({ address }) => address === ada)?.numbers, [{ kind: 'work', number: '+44 20 1' }]);
      assert.deepEqual((await directorySource.search('engi', 5)).map(({ address }) => address), [ada]);
      assert.deepEqual(await directorySource.search('a" OR "b&\\', 5), []);
      assert.equal((await directorySource.person(ada))?.title, 'Analyst');
      assert.equal(await directorySource.person('nobody@example.com'), null);
      assert.equal((await directorySource.photo(lab.id))?.contentType, 'image/png');
      Object.assign(lab, { photo: Buffer.from('<svg onload=alert(1)>') });
      assert.equal(await directorySource.photo(lab.id), null);
      Object.assign(lab, { photo: undefined });
      assert.equal(await directorySource.photo(lab.id), null);
    } finally {
      await world.stop();
    }
  });
});
