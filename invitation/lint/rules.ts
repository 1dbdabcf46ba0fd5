import { findForeign } from '../foreign.ts';
import { findLinks } from '../links.ts';
import { countryOf } from './country.ts';
import { showsHostCode } from './host-code.ts';
import { ownText } from './own-text.ts';
import type { LintFacts, LintRule } from './types.ts';

/** What a rule is about in this invite; undefined when all is well. */
type Rule = (facts: LintFacts) => readonly string[] | undefined;

function unlessNone(about: readonly string[]): readonly string[] | undefined {
  if (about.length === 0) return undefined;
  return about;
}

function hostCode({ body, location, conference }: LintFacts): readonly string[] | undefined {
  if (conference === undefined || !showsHostCode(body, location, conference)) return undefined;
  return [];
}

function twoBlocks({ blocks }: LintFacts): readonly string[] | undefined {
  if (blocks < 2) return undefined;
  return [];
}

function foreignBlock({ body, location }: LintFacts): readonly string[] | undefined {
  return unlessNone(findForeign(`${ownText(body)} ${location}`));
}

/** Who knows the link walks in. Inside one's own organisation that is a choice; a link that left it travels. */
function openToStrangers({ guests, conference }: LintFacts): readonly string[] | undefined {
  if (conference === undefined || conference.lobby) return undefined;
  const outside = guests.filter(function isOutside(guest) {
    return guest.outside;
  });
  return unlessNone(
    outside.map(function address(guest) {
      return guest.address;
    }),
  );
}

/**
 * Room mailboxes throw the text of an invite away (`Set-CalendarProcessing -DeleteComments`, on unless somebody turned it
 * off) and keep the location line: without our address there, the room's own screen has nothing to join with.
 */
function roomStrips({ rooms, location }: LintFacts): readonly string[] | undefined {
  if (findLinks(location).length > 0) return undefined;
  return unlessNone(rooms);
}

/** Zones whose clocks never change because they belong to no place. */
const PLACELESS = /^(?:(?:etc\/)?(?:utc|gmt|uct|zulu|universal|greenwich)(?:[+-]\d{1,2}(?::?\d{2})?)?|\(?utc[+-]\d{1,2}:\d{2}\)?.*|coordinated universal time)$/i;

/** A series on such a clock comes an hour earlier or later for everybody whose clocks change, the organizer among them. */
function clockChange({ series }: LintFacts): readonly string[] | undefined {
  if (series === undefined || !PLACELESS.test(series.zone.trim())) return undefined;
  const first = series.ownOffsets[0];
  const changes = series.ownOffsets.some(function other(offset) {
    return offset !== first;
  });
  if (!changes) return undefined;
  return [series.zone.trim()];
}

/** Somebody abroad would dial at international rates, or not at all. A bridge without any number is for browsers alone. */
function noDialIn({ guests, conference }: LintFacts): readonly string[] | undefined {
  if (conference === undefined || conference.dialIn.length === 0) return undefined;
  const missing: string[] = [];
  for (const guest of guests) {
    const country = countryOf(guest.address);
    if (country === undefined || conference.dialIn.indexOf(country) >= 0 || missing.indexOf(country) >= 0) continue;
    missing.push(country);
  }
  return unlessNone(missing);
}

export const rules: Readonly<Record<LintRule, Rule>> = {
  'host-code': hostCode,
  'two-blocks': twoBlocks,
  'foreign-block': foreignBlock,
  'open-to-strangers': openToStrangers,
  'room-strips': roomStrips,
  'clock-change': clockChange,
  'no-dial-in': noDialIn,
};
