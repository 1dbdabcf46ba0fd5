import { UserError } from '../../../domain/errors.ts';
import type { TheirError } from '../../../domain/errors.ts';
import { signInError } from './sign-in-error.ts';

/**
 * What a refusal of the on-behalf-of grant means, by AADSTS number (learn.microsoft.com/entra/identity-platform/reference-error-codes). What is not listed is about our
 * app, or unknown, and an administrator's to mend.
 */
type Meaning = 'consent' | 'policy' | 'again';

const meanings: Readonly<Record<string, Meaning>> = {
  // Nobody has consented; an administrator must; the person declined; the permission is not on the registration.
  65001: 'consent', 90094: 'consent', 90095: 'consent', 65004: 'consent', 65005: 'consent', 650057: 'consent',
  // A second factor, its registration, a device that is managed or compliant, conditional access, terms of use.
  50076: 'policy', 50079: 'policy', 50072: 'policy', 50074: 'policy', 50158: 'policy', 53000: 'policy', 53001: 'policy', 53002: 'policy', 53003: 'policy', 50005: 'policy',
  // Their token is too old or broken, or was taken back (password changed, account disabled, sign-in too long ago).
  50013: 'again', 500133: 'again', 50027: 'again', 50173: 'again', 50057: 'again', 70043: 'again', 70044: 'again', 70008: 'again', 700082: 'again', 50133: 'again', 50078: 'again',
};

/** As UserError where the person or their organisation's consent is what is missing, else as TheirError. No part of it holds a token; MSAL's error is its cause. */
export function onBehalfError(connector: string, error: unknown): UserError | TheirError {
  const told = error instanceof Error ? error.message : '';
  const number = /AADSTS(\d+)/.exec(told)?.[1] ?? '';
  const code = error instanceof Error && 'errorCode' in error ? String(error.errorCode) : '';
  const meaning = meanings[number] ?? (code === 'consent_required' ? 'consent' : code === 'interaction_required' || code === 'login_required' ? 'policy' : undefined);
  const reason = number === '' ? '' : ` (AADSTS${number})`;
  if (meaning === 'consent') {
    return new UserError(403, {
      code: 'consent-missing', message: `Your organisation has not allowed Tieline to write into your calendar in your name${reason}.`,
      remedy: 'An administrator adds the delegated permission Calendars.ReadWrite of Microsoft Graph to the app registration in Entra and grants admin consent.',
    }, error);
  }
  if (meaning === 'policy') {
    return new UserError(403, {
      code: 'sign-in-policy', message: `Your organisation asks for another step before your calendar may be written to${reason}.`,
      remedy: 'Sign out of Outlook and in again with the second step; if that does not help, an administrator looks at the conditional access policies for this app in Entra.',
    }, error);
  }
  if (meaning === 'again') return new UserError(401, { code: 'sign-in-refused', message: `Your sign-in is no longer good for your calendar${reason}.`, remedy: 'Sign in again.' }, error);
  return signInError(connector, 'ask for a token of a person', error);
}
