/** What may be wrong with an invite that carries our conference, the most serious first: the order in which it is said. */
export const LINT_RULES = ['host-code', 'two-blocks', 'foreign-block', 'open-to-strangers', 'room-strips', 'clock-change', 'no-dial-in'] as const;

export type LintRule = (typeof LINT_RULES)[number];

/** One thing that is wrong. */
export interface Finding {
  rule: LintRule;
  /**
   * What it is about: services (`teams`), rooms by name, countries by their two letters (ISO 3166), addresses of people,
   * or a zone by the name that Outlook gave. Hostile text, to be escaped by whoever shows it.
   */
  about: readonly string[];
}

/** Somebody who is invited. */
export interface Guest {
  address: string;
  /** Not of the organizer's own organisation. */
  outside: boolean;
}

/** A series as its zone sees it. */
export interface SeriesClock {
  /** The zone on whose clock it repeats, by Microsoft's name or IANA's. */
  zone: string;
  /** The organizer's own clock, minutes behind UTC as `Date.getTimezoneOffset` tells, at the first occurrence and through to the last. */
  ownOffsets: readonly number[];
}

/** What only the server knows of the conference; without it (away, too slow) the rules that need it say nothing. */
export interface LintedConference {
  /** Countries with a number to dial, two letters (ISO 3166). */
  dialIn: readonly string[];
  lobby: boolean;
  accessCode: string;
  hostCode: CodeMark;
}

/** A code that can be recognised but not read: see mark.ts. */
export interface CodeMark {
  /** How many digits it has. */
  length: number;
  mark: number;
}

/** An invite, as far as the rules look at it. */
export interface LintFacts {
  /** The text, HTML or plain, as Outlook gives it. */
  body: string;
  /** The location line. */
  location: string;
  /** Blocks of ours in the text outside quoted mails. */
  blocks: number;
  guests: readonly Guest[];
  /** Rooms of Exchange among the places, by name; empty where Outlook does not tell. */
  rooms: readonly string[];
  /** Undefined for a single meeting. */
  series?: SeriesClock;
  conference?: LintedConference;
}
