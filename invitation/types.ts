import type { Logo } from './fragment/types.ts';

/** What Outlook says about a body: `getTypeAsync` answers one of these two. */
export type BodyFormat = 'html' | 'text';

/**
 * The words of one language for the block. The room `invitation/` knows no language: every word that a guest reads
 * comes in here. No label carries its colon; the block adds `: `.
 */
export interface BlockTexts {
  /** Link text, e.g. "Join the conference". */
  join: string;
  passcode: string;
  /** Heading over the numbers, e.g. "By phone". */
  byPhone: string;
  accessCode: string;
  /** Link text in HTML, e.g. "Numbers in other countries". */
  otherNumbers: string;
  /** Label in plain text, e.g. "Other countries". */
  otherCountries: string;
  host: string;
  /** Link text and plain text label, e.g. "Help joining". */
  help: string;
}

/** One number a guest can dial. `country` is a name in the language of the block. */
export interface DialIn {
  country: string;
  /** As people write it: "+49 30 23125 400". */
  display: string;
  /** For the machine: "+493023125400". */
  e164: string;
}

/** What one block says. Codes are digits without spaces; the host's own code has no field here on purpose. */
export interface BlockDetails {
  /** `https://HOST/j/<conference id>`; `/dial` and `/help` are appended to it. */
  joinUrl: string;
  passcode?: string;
  accessCode?: string;
  /** The first three are shown (ux.md section 3). */
  numbers: readonly DialIn[];
  /** True when the page `/dial` lists further countries. */
  moreNumbers: boolean;
  /** Display name; hostile text, escaped here. Left out where a template does not name the host. */
  host?: string;
  /** Of a template, above everything else. */
  logo?: Logo;
  /** Legal texts of a template, below everything else, one for each language. HTML of words, breaks and links; what the lint of fragment/ refuses is written as text. */
  legal?: readonly string[];
}

/** The three addresses of a conference that a block carries. */
export type LinkKind = 'join' | 'dial' | 'help';

/** One address of ours somewhere in a text, in the clear or inside another service's rewritten link. */
export interface ConferenceLink {
  id: string;
  kind: LinkKind;
  /** Offsets in the searched string, end exclusive. */
  start: number;
  end: number;
}

/** A block of ours in a body. */
export interface FoundBlock {
  id: string;
  /** Offsets in the body, end exclusive: what a removal may touch lies between them. */
  start: number;
  end: number;
  /** Something that every block has is missing, or the frame (table, rules) is gone. */
  damaged: boolean;
  /** Inside a quoted mail. */
  quoted: boolean;
  /** Words inside the frame that are not ours; they survive every operation. */
  kept: readonly string[];
}

/** Outlook's limit for `body.setAsync` (reference/outlook-host.md section 9). */
export const BODY_LIMIT = 1000000;

/** Outlook's limit for the location line (same place). */
export const LOCATION_LIMIT = 255;
