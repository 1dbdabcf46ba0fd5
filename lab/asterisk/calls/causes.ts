/** ISDN causes that the stand-in uses, with the words that Asterisk has for them. */
const words: Record<number, string> = {
  0: 'Unknown', 1: 'Unallocated (unassigned) number', 16: 'Normal Clearing', 17: 'User busy', 18: 'No user responding', 19: 'User alerting, no answer',
  20: 'Subscriber absent', 21: 'Call Rejected', 26: 'Answered elsewhere', 27: 'Destination out of order', 31: 'Normal, unspecified', 34: 'Circuit/channel congestion',
};

export function causeText(cause: number): string {
  return words[cause] ?? 'Unknown';
}
