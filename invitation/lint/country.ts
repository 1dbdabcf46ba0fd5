/**
 * Endings of two letters that the world registers regardless of the country behind them, so that they tell nothing of
 * where somebody is; `eu` is no country.
 */
const NOWHERE = ' ac ai as bz cc cd co cx dj eu fm gg gl io is la li ly me ms nu sc sh sr st su sx tk tl to tv vc vg ws ';

/**
 * The country of a mail address by the ending of its domain, two letters (ISO 3166, which those endings follow except for
 * `uk`); undefined for `com` and its like. A hint and no more: it decides what is worth a word, never who may do what.
 */
export function countryOf(address: string): string | undefined {
  const ending = /\.([a-z]{2})$/.exec(address.trim().toLowerCase());
  if (ending === null) return undefined;
  const letters = String(ending[1]);
  if (NOWHERE.indexOf(` ${letters} `) >= 0) return undefined;
  if (letters === 'uk') return 'GB';
  return letters.toUpperCase();
}
