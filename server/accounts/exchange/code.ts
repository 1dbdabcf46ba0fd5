import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';

/** Digits of the code that is mailed. With five tries and five mails a day, one guess in four million is right. */
const digits = 8;

export function newLinkCode(): string {
  return String(randomInt(0, 10 ** digits)).padStart(digits, '0');
}

/** `<salt>.<digest>`: what is stored. */
export function hashOf(code: string, salt = randomBytes(16).toString('base64url')): string {
  return `${salt}.${createHash('sha256').update(`${salt} ${code}`).digest('base64url')}`;
}

/** Whether what was typed is the code; blanks and dashes do not matter. */
export function isCode(stored: string, typed: string): boolean {
  const [salt = ''] = stored.split('.');
  const [given, known] = [Buffer.from(hashOf(typed.replaceAll(/[\s-]/g, ''), salt)), Buffer.from(stored)];
  return given.length === known.length && timingSafeEqual(given, known);
}
