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

async function makeNested({ clientId, authority, scope }: Registration): Promise<Nested> {
  const app = await createNestablePublicClientApplication({ auth: { clientId, authority } });
  const scopes = [scope];
  return {
    silent: async (renew) => (await app.acquireTokenSilent({ scopes, forceRefresh: renew })).accessToken,
    popup: async () => (await app.acquireTokenPopup({ scopes })).accessToken,
  };
}

/** In our own sign-in window: the page goes to Entra and comes back. Resolves with a token when it came back, never when it leaves. */
async function byRedirect({ clientId, authority, scope }: Registration, redirectUri: string): Promise<string> {
  const app: IPublicClientApplication = new PublicClientApplication({ auth: { clientId, authority, redirectUri } });
  await app.initialize();
  const back = await app.handleRedirectPromise();
  if (back !== null) return back.accessToken;
  const scopes = [scope];
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
