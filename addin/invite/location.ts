import { findLinks } from '../../invitation/links.ts';
import { putLocation, removeLocation } from '../../invitation/location.ts';
import { LOCATION_LIMIT } from '../../invitation/types.ts';
import { addPlace, readLocation, readPlaces, removePlace, writeLocation } from '../office/location.ts';

/**
 * The join address in the location line. Where Outlook knows single places, only ours is added or taken: writing the
 * line as text would cut the link between a room and its calendar.
 */

async function putAmongPlaces(places: readonly { text: string }[], joinUrl: string, joinBase: string): Promise<boolean> {
  const ours = places.filter((place) => findLinks(place.text, joinBase).length > 0);
  if (ours.length === 1 && ours[0]?.text === joinUrl) return true;
  const others = places.filter((place) => !ours.includes(place)).map((place) => place.text);
  if ([...others, joinUrl].join('; ').length > LOCATION_LIMIT) return false;
  for (const place of ours) await removePlace(place.text);
  await addPlace(joinUrl);
  return true;
}

async function putInLine(joinUrl: string, joinBase: string): Promise<boolean> {
  const result = putLocation(await readLocation(), joinUrl, joinBase);
  if (result.outcome === 'too-long') return false;
  if (result.outcome !== 'unchanged') await writeLocation(result.location);
  return true;
}

/** Adds the address. False when it did not fit or Outlook refused: the link is in the text, so that is worth a word and no more. */
export async function putJoinLocation(joinUrl: string, joinBase: string): Promise<boolean> {
  try {
    const places = await readPlaces().catch(() => undefined);
    // A place that somebody typed may hold our address and more in one text: then the line is the place to mend it.
    const mixed = places?.some((place) => findLinks(place.text, joinBase).length > 0 && /[\s;]/.test(place.text.trim())) ?? true;
    if (places === undefined || mixed) return await putInLine(joinUrl, joinBase);
    return await putAmongPlaces(places, joinUrl, joinBase);
  } catch {
    return false;
  }
}

/** Takes the address out again; what else stands there stays. Fails silently: the words in the text are what counts. */
export async function removeJoinLocation(joinBase: string | undefined): Promise<void> {
  try {
    const places = await readPlaces().catch(() => undefined);
    const ours = places?.filter((place) => findLinks(place.text, joinBase).length > 0) ?? [];
    const clean = ours.filter((place) => !/[\s;]/.test(place.text.trim()));
    for (const place of clean) await removePlace(place.text);
    const result = removeLocation(await readLocation(), joinBase);
    if (result.outcome === 'removed') await writeLocation(result.location);
  } catch {
    return;
  }
}
