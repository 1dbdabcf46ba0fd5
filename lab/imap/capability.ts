import type { ImapManner } from './types.ts';

/** The CAPABILITY line's words. */
export function capabilitiesOf(manner: ImapManner, isSignedIn: boolean): string {
  const { condstore, qresync, idle, move, uidPlus, specialUse, gmail, mechanisms } = manner;
  const words = ['IMAP4rev1', 'LITERAL+', 'ID', 'ENABLE', 'NAMESPACE', 'UNSELECT'];
  if (idle) words.push('IDLE');
  if (!isSignedIn) return [...words, 'SASL-IR', ...mechanisms.map((each) => `AUTH=${each}`), 'LOGINDISABLED'].join(' ');
  if (condstore) words.push('CONDSTORE');
  if (condstore && qresync) words.push('QRESYNC');
  if (move) words.push('MOVE');
  if (uidPlus) words.push('UIDPLUS');
  if (specialUse) words.push('SPECIAL-USE');
  if (gmail) words.push('X-GM-EXT-1');
  return words.join(' ');
}
