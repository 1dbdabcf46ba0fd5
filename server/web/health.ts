import { BlockList, isIPv6 } from 'node:net';
import { Router, type Request, type RequestHandler } from 'express';
import { TheirError, UserError } from '../domain/errors.ts';
import type { Metrics } from './metrics.ts';
import type { WebParts } from './settings.ts';

/**
 * `/healthz`: the process lives. `/readyz`: it can serve, which needs the database; a connector that is down is told, with reason and remedy, but does not make a
 * server unready, because every other server would be as unready. Details and `/metrics` are for insiders only.
 */
export function healthRoutes(parts: Pick<WebParts, 'pingStore' | 'connectors' | 'settings'>, metrics: Metrics): Router {
  const router = Router();
  const insiders = createInsiders(parts.settings.insiders, parts.settings.proxies);

  router.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });

  router.get('/readyz', ready(parts, insiders));
  router.get('/metrics', figures(metrics, insiders));
  return router;
}

function ready({ pingStore, connectors, settings }: Pick<WebParts, 'pingStore' | 'connectors' | 'settings'>, insiders: (request: Request) => boolean): RequestHandler {
  return async (request, response) => {
    const database = await pingStore().then(() => ({ state: 'ready' as const }), describe);
    const isReady = database.state === 'ready';
    response.status(isReady ? 200 : 503).set('Cache-Control', 'no-store');
    if (!insiders(request)) {
      response.json({ ready: isReady });
      return;
    }
    const systems = connectors().map((status) => ({ ...status, since: new Date(status.since).toISOString() }));
    response.json({ ready: isReady, version: settings.version, database, connectors: systems });
  };
}

function figures(metrics: Metrics, insiders: (request: Request) => boolean): RequestHandler {
  return async (request, response) => {
    if (!insiders(request)) throw new UserError(404, { code: 'not-found', message: 'There is nothing at this address.' });
    const { text, type } = await metrics.read();
    response.type(type).send(text);
  };
}

function describe(error: unknown): { state: 'down'; reason: string; remedy: string } {
  const remedy = error instanceof TheirError ? error.remedy : undefined;
  return { state: 'down', reason: error instanceof TheirError ? error.message : 'the database fails', remedy: remedy ?? 'Look into the log.' };
}

/** True for requests from the given networks. A request that a proxy passed on counts only when we know the proxy, because else we do not see who asks. */
function createInsiders(networks: readonly string[], proxies: readonly string[]): (request: Request) => boolean {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', bits] = network.split('/');
    const family = isIPv6(address) ? 'ipv6' : 'ipv4';
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return (request) => {
    const isPassedOn = request.headers['x-forwarded-for'] !== undefined || request.headers['forwarded'] !== undefined;
    if (isPassedOn && proxies.length === 0) return false;
    const address = (request.ip ?? '').replace(/^::ffff:/, '');
    return address !== '' && list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
  };
}
