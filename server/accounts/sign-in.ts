import type { Handlers } from '../../contract/endpoint.ts';
import type { signInApi } from '../../contract/account/sign-in.ts';

export interface SignInOffer {
  /** Tenants whose people may sign in; all have the same app registration. */
  tenants: readonly { id: string; audience: string; authority: string }[];
  /** `access_as_user` */
  scope: string;
  /** Where the add-in's pages are: the host in the application ID URI. */
  addinOrigin: string;
}

/** The endpoint of contract/account/sign-in.ts: with several tenants Entra asks people which is theirs, and we check the answer. */
export function signInHandlers({ tenants, scope, addinOrigin }: SignInOffer): Handlers<typeof signInApi> {
  const [first, ...more] = tenants;
  const entra = first && {
    clientId: first.audience,
    authority: `${first.authority.replace(/\/$/, '')}/${more.length > 0 ? 'organizations' : first.id}`,
    scope: `api://${new URL(addinOrigin).host}/${first.audience}/${scope}`,
  };
  return { settings: async () => ({ entra: entra ?? null }) };
}
