import { putBlock, putLocation, type Block, type BlockTexts } from '../../../../invitation/index.ts';
import { LOCATION_LIMIT } from '../../../../invitation/index.ts';
import { findConferenceIds } from '../../../../invitation/links.ts';
import { findKeywords } from '../../../domain/booking-keyword.ts';
import type { EventTexts, TextsChange } from '../../../ports/calendar-source.ts';

/** What the server writes into an invite by itself: our block and our link, nothing else (promise 2). Pure. */

export interface InviteWish {
  block: Block;
  joinUrl: string;
  joinBase: string;
  /** Words of our blocks in every language, to know an older block by. */
  texts: readonly BlockTexts[];
}

/** What became of an invite: `block` it carries the whole block, `place-only` just the link in its place, `nothing` it was left alone. */
export interface InviteChange {
  change: TextsChange | null;
  carries: 'block' | 'place-only' | 'nothing';
}

/** Books: the keyword in the place gives way to the link, and the body gets the block where it round-trips. Nothing when the keyword is gone. */
export function bookedTexts({ places, body }: EventTexts, keyword: string, wish: InviteWish): InviteChange {
  const isLinked = findConferenceIds([...places, body?.content ?? ''].join('\n'), wish.joinBase).length > 0;
  const index = places.findIndex((place) => findKeywords(place, keyword).length > 0);
  if (isLinked || index < 0) return { change: null, carries: 'nothing' };
  const changed = places.map((place, at) => (at === index ? withoutKeyword(place, keyword, wish.joinUrl) : place));
  const fits = changed.join('; ').length <= LOCATION_LIMIT;
  const written = writtenBody(body, wish);
  // With no room for the link, and no body to write to, nobody would find the conference.
  if (!fits && written === null) return { change: null, carries: 'nothing' };
  const kept = places.map((place, at) => (at === index ? withoutKeyword(place, keyword, '') : place)).filter((place) => place !== '');
  return { change: { places: fits ? changed : kept, ...(written === null ? {} : { body: written }) }, carries: written === null ? 'place-only' : 'block' };
}

/** The word goes, the link comes in its stead; what else stands in the entry stays. */
function withoutKeyword(place: string, keyword: string, joinUrl: string): string {
  const [first, ...more] = findKeywords(place, keyword);
  if (!first) return place;
  let text = place;
  for (const { start, end } of more.toReversed()) text = text.slice(0, start) + text.slice(end);
  text = text.slice(0, first.start) + joinUrl + text.slice(first.end);
  return text.replaceAll(/\s{2,}/g, ' ').replace(/^[\s;,]+|[\s;,]+$/g, '');
}

/** Replaces another conference's block and link by this one's. All or nothing: an invite that shows two conferences is worse than one that shows the wrong one and says so. */
export function replacedTexts({ places, body }: EventTexts, wish: InviteWish): InviteChange {
  const written = writtenBody(body, wish);
  if (written === null) return { change: null, carries: 'nothing' };
  const changed = places.map((place) => (findConferenceIds(place, wish.joinBase).length > 0 ? putLocation(place, wish.joinUrl, wish.joinBase).location : place));
  const isSame = written === body?.content && changed.every((place, index) => place === places[index]);
  return { change: isSame ? null : { places: changed, body: written }, carries: 'block' };
}

/** The body with the block in it; null when it may not be written to, or would become too large. */
function writtenBody(body: EventTexts['body'], { block, texts }: InviteWish): string | null {
  if (body === null) return null;
  const put = putBlock(body.content, body.format, block, texts);
  return put.outcome === 'too-large' ? null : put.body;
}
