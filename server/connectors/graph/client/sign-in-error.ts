import { TheirError } from '../../../domain/errors.ts';

/** What an administrator does about a refusal of Entra, by its AADSTS number (learn.microsoft.com/entra/identity-platform/reference-error-codes). */
const remedies: Readonly<Record<string, string>> = {
  7000215: 'The client secret is wrong: take the value, not the ID, of a secret in Entra under Certificates & secrets.',
  7000222: 'The client secret has expired: make a new one in Entra under Certificates & secrets, set it here and start again.',
  700027: 'Upload certificate.certFile to the app registration in Entra under Certificates & secrets; the key must belong to it.',
  700024: 'The clock of this machine is wrong: set it, best by NTP.',
  700016: 'There is no app with this clientId in this tenant: correct clientId and tenantId.',
  90002: 'There is no tenant with this tenantId: correct tenantId, and cloud if it is a national one.',
  900023: 'There is no tenant with this tenantId: correct tenantId.',
  7000112: 'The app is disabled: enable it in Entra under Enterprise applications.',
  53003: 'Conditional access blocks the app: exclude it or allow this server\'s address.',
  500131: 'People sign in with another app registration than this connector uses: connectors[graph].clientId must be the audience in signIn.tenants when onBehalfOf is on.',
  500011: 'The tenant does not know Microsoft Graph under this cloud: correct cloud.',
};

/** A refusal by Entra, as MSAL throws it, as TheirError 'denied' with a remedy. The secret is in no part of it. */
export function signInError(connector: string, what: string, error: unknown): TheirError {
  if (error instanceof TheirError) return error;
  const text = error instanceof Error ? error.message : '';
  const number = /AADSTS(\d+)/.exec(text)?.[1];
  const code = error instanceof Error && 'errorCode' in error && typeof error.errorCode === 'string' ? error.errorCode : '';
  const told = [code.replaceAll(/[^\w-]/g, ''), number === undefined ? '' : `AADSTS${number}`].filter((each) => each !== '').join(', ');
  const remedy = (number === undefined ? undefined : remedies[number]) ?? 'See in Entra, under Enterprise applications, Sign-in logs, why this app is refused.';
  return new TheirError(connector, 'denied', `${what}: Entra refused (${told === '' ? 'no reason given' : told})`, { cause: error, remedy });
}
