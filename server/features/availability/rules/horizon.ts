const day = 24 * 60 * 60_000;

/** How far a person's timeline reaches: seven days ahead (A116), and back as far as the longest meeting that is still going on is likely to have begun. */
export const ahead = 7 * day;
export const behind = day;

/** A look without any news: the weekly full check of the seed, and the rolling of its window, in one, daily. */
export const lookAgain = day;

/** How long states are kept, as evidence for "why was I busy on Tuesday" (design §5, Data kept). */
export const historyKept = 14 * day;
