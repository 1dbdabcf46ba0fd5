import type { SettingsView } from '../../../../contract/account/settings.ts';
import { draftOf, givenBack, said, valueOf } from './draft.ts';
import type { LayerDraft } from './draft.ts';

/** One setting that two people changed, each to something else. */
export interface Clash {
  key: string;
  /** The values are rows of a table: those that both changed. */
  isRows: boolean;
  theirs: unknown;
  mine: unknown;
}

/** What two who began from the same state come to. */
export interface Merged {
  /** Theirs with what I changed; where both changed the same, mine. Based on their version. */
  draft: LayerDraft;
  clashes: readonly Clash[];
  /** Settings that only they changed. */
  taken: readonly string[];
}

type Fields = Readonly<Record<string, unknown>>;

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Which of three counts: the one that was changed; of two changes mine, and it is said. */
function among(before: unknown, mine: unknown, theirs: unknown): { value: unknown; isClash: boolean } {
  if (isSame(mine, before) || isSame(mine, theirs)) return { value: theirs, isClash: false };
  return { value: mine, isClash: !isSame(theirs, before) };
}

/** The same for a table, row by row: two may have changed different rows of it. */
function amongRows(before: Fields, mine: Fields, theirs: Fields): { value: Fields; clashing: readonly string[] } {
  const rows = [...new Set([...Object.keys(theirs), ...Object.keys(mine)])].map((row) => [row, among(before[row], mine[row], theirs[row])] as const);
  return { value: Object.fromEntries(rows.flatMap(([row, { value }]) => (value === undefined ? [] : [[row, value]]))), clashing: rows.filter(([, { isClash }]) => isClash).map(([row]) => row) };
}

function only(rows: readonly string[], of: Fields): Fields {
  return Object.fromEntries(rows.map((row) => [row, of[row]]));
}

/** Mine, made from `base`, over what somebody else saved meanwhile. Nothing of either is lost without being named. */
export function mergedOver(base: SettingsView, mine: LayerDraft, theirs: SettingsView): Merged {
  const began = draftOf(base);
  const now = draftOf(theirs);
  const own: Record<string, unknown> = {};
  const clashes: Clash[] = [];
  const taken: string[] = [];
  for (const key of new Set([...Object.keys(began.own), ...Object.keys(mine.own), ...Object.keys(now.own)])) {
    const [b, m, t] = [began.own[key], mine.own[key], now.own[key]];
    // What one of us did not say was inherited: a table's rows are compared with those that were on the screen.
    const seen = valueOf(base, began, key);
    if (isFields(m) && isFields(t) && isFields(seen)) {
      const { value, clashing } = amongRows(seen, m, t);
      own[key] = value;
      if (clashing.length > 0) clashes.push({ key, isRows: true, theirs: only(clashing, t), mine: only(clashing, m) });
      else if (!isSame(value, m)) taken.push(key);
      continue;
    }
    const { value, isClash } = among(b, m, t);
    if (value !== undefined) own[key] = value;
    if (isClash) clashes.push({ key, isRows: false, theirs: valueOf(theirs, now, key), mine: valueOf(theirs, mine, key) });
    else if (!isSame(value, m)) taken.push(key);
  }
  const locks = [...new Set([...now.locks, ...mine.locks])].filter((key) => among(began.locks.includes(key), mine.locks.includes(key), now.locks.includes(key)).value === true);
  return { draft: { version: theirs.version, own, locks }, clashes, taken };
}

/** Theirs wherever both changed the same; my other changes stay. */
export function yielded(draft: LayerDraft, clashes: readonly Clash[], theirs: SettingsView): LayerDraft {
  const theirOwn = draftOf(theirs).own;
  return clashes.reduce((made, { key, isRows, theirs: rows }) => {
    const now = made.own[key];
    if (isRows && isFields(now) && isFields(rows)) return said(made, key, { ...now, ...rows });
    return Object.hasOwn(theirOwn, key) ? said(made, key, theirOwn[key]) : givenBack(made, key);
  }, draft);
}
