/** What a person can do about a refusal of Outlook's: get a right, wait for the network, make the invite shorter, or open it anew. */
export type Refusal = 'noRight' | 'noNetwork' | 'tooLong' | 'outlookRefused';

/**
 * Outlook's codes by what helps. The names are those of office.js's own error tables; most have no documented remedy.
 * 5002 read-only, 7000 and 9038 no permission, 9047 permission missing in the manifest, 9055 not in a shared folder;
 * 9021 connection lost while saving, 9040 to 9042 request, network, Exchange itself; 1008, 2009, 5103, 5104 more than it takes.
 * 9017, 9018 and 9048 are refused tokens: signing in is another ladder.
 */
const kinds: readonly (readonly [Refusal, readonly number[]])[] = [
  ['noRight', [5002, 7000, 9038, 9047, 9055]],
  ['noNetwork', [9021, 9040, 9041, 9042]],
  ['tooLong', [1008, 2009, 5103, 5104]],
];

/** What kind of refusal a code of Outlook's is; the rest, also silence (0), is a host out of step: opening the item again helps. */
export function refusalOf(code: number): Refusal {
  return kinds.find(([, codes]) => codes.includes(code))?.[0] ?? 'outlookRefused';
}
