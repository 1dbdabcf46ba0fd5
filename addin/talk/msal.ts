import { InteractionRequiredAuthError, PublicClientApplication, createNestablePublicClientApplication } from '@azure/msal-browser';
import type { IPublicClientApplication } from '@azure/msal-browser';

/** What the library must know of our registration. */
export interface Registration {
  clientId: string;
  authority: string;
  scope: string;
}

/** Nested app authentication. */
export interface Nested {
  silent: (renew: boolean) => Promise<string>;
  popup: () => Promise<string>;
}

/**
 * The registration as the library takes it. Where the authority is, our own server says; left to itself the library asks Microsoft's public cloud whether it knows the address, which fails for
 * national clouds behind a proxy and tells outsiders who signs in.
 */
function authOf({ clientId, authority }: Registration): { clientId: string; authority: string; knownAuthorities: string[] } {
  return { clientId, authority, knownAuthorities: [new URL(authority).host] };
}

/** @throws when Outlook claims nested app authentication and does not have it: the library would open windows of its own instead, to an address that nobody registered. */
async function makeNested(registration: Registration): Promise<Nested> {
  let isNested = false;
  const app = await createNestablePublicClientApplication({ auth: authOf(registration) }, undefined, (configuration, controller) => {
    isNested = true;
    return new PublicClientApplication(configuration, controller);
  });
  if (!isNested) throw new Error('this Outlook has no nested app authentication after all');
  const scopes = [registration.scope];
  return {
    silent: async (renew) => (await app.acquireTokenSilent({ scopes, forceRefresh: renew })).accessToken,
    popup: async () => (await app.acquireTokenPopup({ scopes })).accessToken,
  };
}

/** In our own sign-in window: the page goes to Entra and comes back. Resolves with a token when it came back, never when it leaves. */
async function byRedirect(registration: Registration, redirectUri: string): Promise<string> {
  const app: IPublicClientApplication = new PublicClientApplication({ auth: { ...authOf(registration), redirectUri } });
  await app.initialize();
  const back = await app.handleRedirectPromise();
  if (back !== null) return back.accessToken;
  const scopes = [registration.scope];
  const account = app.getAllAccounts()[0];
  if (account !== undefined) {
    try {
      return (await app.acquireTokenSilent({ scopes, account })).accessToken;
    } catch (fault) {
      if (!(fault instanceof InteractionRequiredAuthError)) throw fault;
    }
  }
  await app.acquireTokenRedirect({ scopes });
  return new Promise(() => undefined);
}

/** What the bundle `msal.js` puts on the window: the library is a bundle of its own, so that no page carries it before it signs in. */
export interface MsalBundle {
  nested: typeof makeNested;
  byRedirect: typeof byRedirect;
}

declare global {
  interface Window {
    tielineMsal?: MsalBundle;
  }
}

window.tielineMsal = { nested: makeNested, byRedirect };
