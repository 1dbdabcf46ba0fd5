import { officeToken } from '../office/identity.ts';
import type { Carried } from './conference-of.ts';
import type { Proof } from './request.ts';

/** The ticket that the item remembers, else a token from Office without a window. Rejects when neither is to be had. */
export function proofFor(carried: Carried): Promise<Proof> {
  if (carried.ticket !== '') return Promise.resolve({ ticket: carried.ticket });
  return officeToken(false).then(function bearer(token) {
    return { token };
  });
}
