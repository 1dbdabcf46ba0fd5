import { randomBytes, randomInt } from 'node:crypto';

/** RFC 4648 base32 in lower case: no 0, 1, 8, 9 that look like letters. */
const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

/** A conference id: 128 random bits as 26 characters, an identifier and not a secret (design §5). */
export function newConferenceId(): string {
  const bits = BigInt(`0x${randomBytes(16).toString('hex')}`);
  return Array.from({ length: 26 }, (_, place) => alphabet[Number((bits >> BigInt(5 * (25 - place))) & 31n)]).join('');
}

/** A dial-in code of `digits` decimal digits; the first is never 0, so that nobody drops it. Unique only once the database has taken it. */
export function newCode(digits: number): string {
  const first = randomInt(1, 10);
  let rest = '';
  while (rest.length < digits - 1) rest += randomInt(0, 10);
  return `${first}${rest}`;
}

/** The passcode for the browser: four digits are enough beside 128 bits of link, counted guesses and a lobby. */
export function newPasscode(): string {
  return String(randomInt(0, 10_000)).padStart(4, '0');
}

/** Name of the room on the bridge: random, so that knowing a code or link tells nothing about it. */
export function newRoomName(): string {
  return `tl${randomBytes(10).toString('hex')}`;
}
