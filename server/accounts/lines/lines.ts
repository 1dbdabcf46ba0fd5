import type { LineRef } from '../../domain/line.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Queries } from '../../store/schema.ts';
import type { RunTransaction } from '../../store/transaction.ts';
import { peopleByAddress } from '../rows.ts';
import { readLineCsv, writeLineCsv, type LineEntry, type LineMistake } from './csv.ts';
import type { Line } from './line.ts';
import { matchLine, type FoundLine, type Templates } from './match.ts';
import { addLines, addressesOfMembers, addressesOfOwners, allLines, claimAsked, claimFound, claimedLines, driverOfExtension, drivingLines, lineOfBox, linesBeginningWith, lineOwners, linesOwnedBy, linesOwnedByAny, linesSharedBy, membersOf, ownerOfLineWith, putLines, putMembers, removeLine, type LineToPut } from './rows.ts';

export interface LinesDeps {
  clock: Clock;
  store: { db: Queries; transaction: RunTransaction };
  /** Connector instances that have lines. */
  pbxs: readonly string[];
  /** Finds or makes the person behind an address that a mail system knows; null when none does. Throws TheirError while it cannot say. */
  personByAddress(tenantId: string, address: string): Promise<{ personId: string } | null>;
  templates: Templates;
}

export interface Imported {
  /** Lines that were written, or would be. */
  taken: number;
  /** Of these, lines whose owner nobody is known by yet: the directory is asked about them one after another. */
  claimed: number;
  mistakes: LineMistake[];
}

/** A line that a phone system showed and that is nobody's: for an administrator to decide. */
export interface Unmatched extends LineRef {
  name: string;
  /** `unknown-address`: an administrator named an owner whom no mail system knows. */
  reason: 'nobody' | 'several' | 'unknown-address';
  /** People who fit, by our id; the address that is not known. */
  candidates: string[];
}

/** Who is whose on the phone systems (design §5, Identity). */
export interface Lines {
  all(tenantId: string): Promise<Line[]>;
  /** The person's own lines; the first drives presence and routing. */
  ownedBy(tenantId: string, personId: string): Promise<Line[]>;
  /** The own lines of many people. */
  ownedByAny(tenantId: string, personIds: readonly string[]): Promise<Line[]>;
  /** Of these, the lines that drive what a phone system shows: of one extension only one person's, whatever the contexts. */
  drivenByAny(tenantId: string, personIds: readonly string[]): Promise<Line[]>;
  /** Who drives what a phone system shows for this extension; null when nobody owns it. For whoever asks who somebody is, `ownerWith` guesses nothing. */
  driverOf(tenantId: string, pbx: string, extension: string): Promise<string | null>;
  /** Owned lines whose extension begins with these digits. */
  beginningWith(tenantId: string, digits: string, limit: number): Promise<Line[]>;
  sharedBy(tenantId: string, personId: string): Promise<Line[]>;
  membersOf(tenantId: string, line: LineRef): Promise<string[]>;
  /** Whose voicemail box it is; null when nobody's, or several lines have it. */
  ofBox(tenantId: string, pbx: string, box: string): Promise<Line | null>;
  /** Everybody who owns a line. */
  owners(tenantId: string): Promise<string[]>;
  /** The owner of the one line with this extension or device; null when there is none, or more than one. */
  ownerWith(tenantId: string, pbx: string, sign: { extension: string } | { device: string }): Promise<string | null>;
  /** Writes an administrator's list. With `onlyLook` nothing is written. */
  importCsv(tenantId: string, text: string, more?: { onlyLook?: boolean }): Promise<Imported>;
  /** All lines as such a list; taken again it changes nothing, but that an administrator then says whose each is. */
  exportCsv(tenantId: string): Promise<string>;
  remove(tenantId: string, line: LineRef): Promise<boolean>;
  /** What a phone system shows: lines that are not known yet are matched by clues, known ones keep their owner. Returns how many are new. */
  adopt(tenantId: string, found: readonly FoundLine[], numbers: ReadonlyMap<string, readonly string[]>): Promise<number>;
  unmatched(tenantId: string, part: { skip: number; limit: number }): Promise<{ lines: Unmatched[]; total: number }>;
  /** Asks the mail systems about some of the owners who were named and are not known: about how many, and how many were found. */
  resolveClaims(tenantId: string): Promise<{ asked: number; found: number }>;
}

/** An address that no mail system knew is asked about again a day later. */
const askAgainMs = 24 * 60 * 60_000;
const claimsAtOnce = 50;

function keyOf({ pbx, context, extension }: LineRef): string {
  return `${pbx}/${context}/${extension}`;
}

export function createLines({ clock, store, pbxs, personByAddress, templates }: LinesDeps): Lines {
  async function importCsv(tenantId: string, text: string, { onlyLook = false } = {}): Promise<Imported> {
    const { entries, mistakes } = await readLineCsv(text);
    const people = await peopleByAddress(store.db, tenantId, [...new Set(entries.flatMap((each) => [...(each.owner ? [each.owner] : []), ...(each.members ?? [])]))]);
    const good: LineEntry[] = [];
    for (const entry of entries) {
      const wrong = mistakeOf(entry, people);
      if (wrong) mistakes.push(wrong);
      else good.push(entry);
    }
    if (!onlyLook) {
      await store.transaction(async (tx) => {
        const known = new Map((await allLines(tx, tenantId)).map((line) => [keyOf(line), line]));
        await putLines(tx, tenantId, good.map((entry) => toPut(entry, people, known.get(keyOf(entry)))), clock.now());
        await putMembers(tx, tenantId, good.flatMap(({ members, ...line }) => (members === undefined ? [] : [{ line, personIds: members.flatMap((address) => people.get(address) ?? []) }])), clock.now());
      });
    }
    return { taken: good.length, claimed: good.filter(({ owner }) => owner && !people.has(owner)).length, mistakes: mistakes.toSorted((a, b) => a.row - b.row) };
  }

  function mistakeOf(entry: LineEntry, people: ReadonlyMap<string, string[]>): LineMistake | null {
    const { row } = entry;
    if (!pbxs.includes(entry.pbx)) return { row, field: 'pbx', message: `there is no phone system "${entry.pbx}"`, remedy: `Write one of: ${pbxs.join(', ') || 'none is connected'}.` };
    const members = entry.members ?? [];
    const doubtful = [entry.owner ?? '', ...members].find((address) => (people.get(address)?.length ?? 0) > 1);
    if (doubtful !== undefined) return { row, field: 'owner', message: `${doubtful} is the address of two people here`, remedy: 'Write another address of the person, or remove the old one.' };
    const stranger = members.find((address) => !people.has(address));
    if (stranger !== undefined) return { row, field: 'members', message: `nobody here is known by ${stranger}`, remedy: 'They are known once they have signed in, or have a line of their own.' };
    return null;
  }

  /** What the list has no column for stays as it was before; a line that is new has nothing of it. */
  function toPut({ pbx, context, extension, name, devices, voicemailBox, owner }: LineEntry, people: ReadonlyMap<string, string[]>, before: Line | undefined): LineToPut {
    const line = { pbx, context, extension, name: name ?? before?.name ?? '', devices: devices ?? before?.devices ?? [], voicemailBox: voicemailBox === undefined ? (before?.voicemailBox ?? null) : voicemailBox };
    if (owner === undefined) return { ...line, owner: before?.owner ?? null, claim: before?.claim ?? null };
    const personId = owner === null ? undefined : people.get(owner)?.[0];
    return { ...line, owner: personId === undefined ? null : { personId, source: 'administrator' }, claim: personId === undefined ? owner : null };
  }

  async function exportCsv(tenantId: string): Promise<string> {
    const [all, shared, owners] = await Promise.all([allLines(store.db, tenantId), addressesOfMembers(store.db, tenantId), addressesOfOwners(store.db, tenantId)]);
    return writeLineCsv(all.flatMap(({ pbx, context, extension, name, devices, voicemailBox, owner, claim }) => {
      const address = owner === null ? (claim ?? '') : (owners.get(owner.personId) ?? '');
      // Nobody could name this owner in a list: taken again, it would take the line away from them.
      if (owner !== null && address === '') return [];
      return [{ pbx, context, extension, name, devices: devices.join('|'), voicemail: voicemailBox ?? '', owner: address, members: (shared.get(keyOf({ pbx, context, extension })) ?? []).join('|') }];
    }));
  }

  async function adopt(tenantId: string, found: readonly FoundLine[], numbers: ReadonlyMap<string, readonly string[]>): Promise<number> {
    const known = new Set((await allLines(store.db, tenantId)).map((line) => keyOf(line)));
    const fresh = found.filter((line) => !known.has(keyOf(line)));
    const people = await cluesFor(tenantId, fresh);
    const lines = fresh.map(({ boxAddress, ...line }): LineToPut => {
      const match = matchLine({ ...line, boxAddress }, { byNumber: (number) => numbers.get(number) ?? [], byAddress: (address) => people.get(address) ?? [] }, templates);
      // A box's address that nobody is known by may still be in the directory.
      const claim = match.owner === null && match.reason === 'nobody' && boxAddress !== '' ? boxAddress : null;
      return { ...line, owner: match.owner === null ? null : { personId: match.owner, source: match.source }, claim };
    });
    return store.transaction((tx) => addLines(tx, tenantId, lines, clock.now()));
  }

  async function cluesFor(tenantId: string, found: readonly FoundLine[]): Promise<Map<string, string[]>> {
    const byRule = templates.address === null ? [] : found.map((line) => (templates.address ?? '').replaceAll('{extension}', line.extension).toLowerCase());
    return peopleByAddress(store.db, tenantId, [...new Set([...found.map((line) => line.boxAddress), ...byRule])].filter((address) => address !== ''));
  }

  async function unmatched(tenantId: string, { skip, limit }: { skip: number; limit: number }): Promise<{ lines: Unmatched[]; total: number }> {
    const all = (await allLines(store.db, tenantId)).filter((line) => line.owner === null);
    const open = all.slice(skip, skip + limit);
    const people = await peopleByAddress(store.db, tenantId, open.flatMap((line) => line.claim ?? []));
    const lines = open.map(({ pbx, context, extension, name, claim }): Unmatched => {
      const candidates = claim === null ? [] : (people.get(claim) ?? []);
      if (candidates.length > 1) return { pbx, context, extension, name, reason: 'several', candidates };
      return claim === null ? { pbx, context, extension, name, reason: 'nobody', candidates: [] } : { pbx, context, extension, name, reason: 'unknown-address', candidates: [claim] };
    });
    return { lines, total: all.length };
  }

  async function resolveClaims(tenantId: string): Promise<{ asked: number; found: number }> {
    const claims = await claimedLines(store.db, tenantId, clock.now() - askAgainMs, claimsAtOnce);
    let found = 0;
    for (const line of claims) {
      const person = await personByAddress(tenantId, line.claim ?? '');
      const isFound = await store.transaction(async (tx) => {
        if (person) return claimFound(tx, tenantId, line, person.personId, clock.now());
        await claimAsked(tx, tenantId, line, clock.now());
        return false;
      });
      if (isFound) found += 1;
    }
    return { asked: claims.length, found };
  }

  return {
    all: (tenantId) => allLines(store.db, tenantId),
    ownedBy: (tenantId, personId) => linesOwnedBy(store.db, tenantId, personId),
    ownedByAny: (tenantId, personIds) => linesOwnedByAny(store.db, tenantId, personIds),
    drivenByAny: (tenantId, personIds) => drivingLines(store.db, tenantId, personIds),
    driverOf: (tenantId, pbx, extension) => driverOfExtension(store.db, tenantId, pbx, extension),
    beginningWith: (tenantId, digits, limit) => linesBeginningWith(store.db, tenantId, digits, limit),
    sharedBy: (tenantId, personId) => linesSharedBy(store.db, tenantId, personId),
    membersOf: (tenantId, line) => membersOf(store.db, tenantId, line),
    ofBox: (tenantId, pbx, box) => lineOfBox(store.db, tenantId, pbx, box),
    owners: (tenantId) => lineOwners(store.db, tenantId),
    ownerWith: (tenantId, pbx, sign) => ownerOfLineWith(store.db, tenantId, pbx, sign),
    importCsv,
    exportCsv,
    remove: (tenantId, line) => removeLine(store.db, tenantId, line),
    adopt,
    unmatched,
    resolveClaims,
  };
}
