import { exchangeLinkApi } from '../../contract/account/exchange-link.ts';
import { exchangeLinkWords } from '../../words/exchange-link.ts';
import { exchangeLinkHandlers } from '../accounts/exchange/handlers.ts';
import { createExchangeLinks } from '../accounts/exchange/link.ts';
import type { Clock } from '../ports/clock.ts';
import type { Config } from '../config/schema.ts';
import { bind } from '../web/endpoints.ts';
import { createExchangeVerifier, isExchangeToken } from '../web/identity/exchange-token.ts';
import type { BoundEndpoint, WebParts } from '../web/settings.ts';
import { createTokenVerifier } from '../web/identity/entra-token.ts';
import type { World } from './feature.ts';
import { signInTenants } from './web-sign-in.ts';

/** The check of bearer tokens: access tokens of Entra, and identity tokens of Exchange servers of one's own. Each kind has rules of its own. */
export function bearerVerifier(config: Config, ca: string | undefined, clock: Clock): WebParts['verifyToken'] {
  const { signIn, addin, publicUrl } = config;
  const entra = createTokenVerifier({ tenants: signInTenants(config), scope: signIn.scope, ca }, clock);
  // The first SourceLocation of our manifest, which Exchange writes into `aud`.
  const pane = new URL('/addin/taskpane.html', addin.origin ?? publicUrl).href;
  const servers = signIn.exchange.map(({ metadataUrl, audience }) => ({ metadataUrl, audiences: [audience ?? pane] }));
  const exchange = createExchangeVerifier({ servers, ca }, clock);
  return (token) => (isExchangeToken(token) ? exchange(token) : entra(token));
}

/** Whose account of an Exchange server it is, and the endpoints by which that is found out. */
export function exchangeSignIn({ accounts, clock, config, connectors, store, tenantId }: World): { endpoints: BoundEndpoint[]; personFor: WebParts['exchangePersonFor'] } {
  const links = createExchangeLinks({
    clock, store, accounts,
    mailSender: connectors.find((each) => each.mailSender)?.mailSender ?? null,
    mailDomain: new URL(config.publicUrl).hostname,
    words(language, { code, minutes }) {
      const { from, subject, text } = exchangeLinkWords(language);
      return { from, subject, text: text(`${code.slice(0, 4)} ${code.slice(4)}`, minutes) };
    },
  });
  return {
    endpoints: bind(exchangeLinkApi, exchangeLinkHandlers(links)),
    personFor: async ({ exchangeAccount }) => ({ tenantId, person: await links.personFor(tenantId, exchangeAccount) }),
  };
}
