import { createSessions } from '../accounts/sessions.ts';
import { secretFrom } from '../config/load.ts';
import type { Config } from '../config/schema.ts';
import type { WebParts, WebSettings } from '../web/settings.ts';
import { hour, minute, type World } from './feature.ts';

/** Entra tenants of the configuration with what follows from their id. */
export function signInTenants({ signIn }: Config): { id: string; audience: string; issuer: string; jwksUri: string }[] {
  return signIn.tenants.map(({ id, audience, authority, issuer, jwksUri }) => {
    const base = `${authority.replace(/\/$/, '')}/${id}`;
    return { id, audience, issuer: issuer ?? `${base}/v2.0`, jwksUri: jwksUri ?? `${base}/discovery/v2.0/keys` };
  });
}

/** Signing in on the web: the providers, the sessions, and who somebody is. */
export function webSignIn({ accounts, clock, config, env, groups, store, tenantId }: World): { settings: Pick<WebSettings, 'providers'>; sessions: WebParts['sessions']; personFor: WebParts['webPersonFor'] } {
  const { providers, sessionIdleMinutes, sessionHours } = config.signIn;
  const secret = secretFrom(env);
  const tenants = signInTenants(config);
  return {
    settings: {
      providers: providers.map(({ id, name, issuer, clientId, secretEnv, scopes, roles }) => ({
        provider: id, name, issuer, clientId, secret: secretEnv === undefined ? undefined : secret(secretEnv), scopes, roles, tenants,
      })),
    },
    sessions: createSessions({ clock, store, policy: { idleMs: sessionIdleMinutes * minute, longestMs: sessionHours * hour } }),
    async personFor({ entra, issuer, subject, name, address, groups: named }) {
      const known = entra ? { entraTenant: entra.tenantId, objectId: entra.objectId } : { issuer, subject };
      const { personId } = await accounts.personFor(tenantId, { ...known, name, address });
      if (named) await groups.heard(tenantId, personId, named);
      return { tenantId, personId };
    },
  };
}
