/**
 * Codes with which a call of Outlook can fail: the whole range that office.js has names and texts for, and three that all
 * of Office has (5000 not supported, 5001 internal, 7000 no permission).
 */
export const outlookCodes: readonly number[] = [5000, 5001, 7000, ...Array.from({ length: 56 }, (_, index) => 9000 + index)];
