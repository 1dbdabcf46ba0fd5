import { exchangeToken, isOnPremises, officeToken } from '../office/identity.ts';
import { isSupported } from '../office/support.ts';
import type { SignInSettingsView } from '../../contract/account/sign-in.ts';
import { loadMsal } from './load-msal.ts';
import type { Nested } from './msal.ts';
import type { Rung, SignInReason } from './sign-in.ts';

type Entra = NonNullable<SignInSettingsView['entra']>;

/** Codes of Office's single sign-on (reference/office-addin.md section 4; 13005 = no consent, 13006 and 13012 = not here). */
const NO_CONSENT = 13005;

/** What Entra writes when an administrator has not consented: AADSTS65001, AADSTS90094, AADSTS500113, AADSTS50105 (not assigned). */
const ENTRA_REFUSES = /AADSTS(?:65001|90094|50105|700016)|consent_required|access_denied/i;

function codeOf(fault: unknown): unknown {
  return typeof fault === 'object' && fault !== null && 'code' in fault ? fault.code : undefined;
}

function textOf(fault: unknown): string {
  const text = fault instanceof Error ? fault.message : '';
  return `${text} ${typeof fault === 'object' && fault !== null && 'errorCode' in fault ? String(fault.errorCode) : ''}`;
}

/** What a failed sign-in means to the person. */
export function reasonOf(fault: unknown): SignInReason {
  if (codeOf(fault) === NO_CONSENT || ENTRA_REFUSES.test(textOf(fault))) return 'not-allowed';
  if (/network|fetch|timed? ?out|load|endpoints_resolution/i.test(textOf(fault))) return 'unreachable';
  return 'signed-out';
}

/** Nested app authentication: Outlook itself holds the session. The library comes only when it is needed. */
function nested(settings: () => Promise<Entra | null>): Rung {
  let client: Promise<Nested> | undefined;
  async function get(): Promise<Nested> {
    const entra = await settings();
    if (entra === null) throw new Error('the server names no Entra registration');
    client ??= loadMsal().then((msal) => msal.nested(entra));
    client.catch(() => {
      client = undefined;
    });
    return client;
  }
  return {
    name: 'nested',
    isHere: async () => isSupported('NestedAppAuth', '1.1') && (await settings()) !== null,
    silent: async (renew) => (await get()).silent(renew),
    ask: async () => (await get()).popup(),
    reasonOf,
  };
}

const office: Rung = {
  name: 'office',
  isHere: () => isSupported('IdentityAPI', '1.3'),
  silent: () => officeToken(false),
  ask: () => officeToken(true),
  reasonOf,
};

/**
 * The identity token of an Exchange server. It needs no window and has none, so that whoever presses "Sign in" gets to the window of the ordinary sign-in; and a server that
 * refused it would refuse the next one as well.
 */
const exchange: Rung = {
  name: 'exchange',
  isHere: isOnPremises,
  async silent(renew) {
    if (renew) throw new Error('the server does not take the token of this Exchange');
    return exchangeToken();
  },
  reasonOf,
};

/** Reads what a client must know of our registration; null when the server has none. */
export type ReadEntra = () => Promise<Entra | null>;

/** The rungs that need no window of ours (design.md section 9), best first. */
export function quietRungs(settings: ReadEntra): Rung[] {
  return [nested(settings), office, exchange];
}
