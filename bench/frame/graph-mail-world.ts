import { createEntra, newSigningKey, type AppRegistration } from '../../lab/entra/index.ts';
import { createExchange, type Exchange } from '../../lab/exchange/index.ts';
import { createGraph as createStandIn, type GraphStandIn } from '../../lab/graph/index.ts';
import { createLabClock, type TurnableClock } from '../../lab/clock.ts';
import { listenHttps } from '../../lab/http.ts';
import { createGraph, graphConfig, type GraphConnector } from '../../server/connectors/graph/index.ts';
import { silent } from '../../server/ports/log.ts';
import { mounted } from '../../test/support/mounted-doors.ts';
import { localCertificate } from '../../test/support/certificate.ts';
import type { MailSide } from './voicemail-engine.ts';

const app: AppRegistration = { clientId: '22222222-2222-4222-8222-222222222222', name: 'Tieline', secret: 'bench', roles: ['Calendars.Read', 'User.Read.All', 'Mail.ReadWrite'], scopes: [], exposes: { uri: 'api://bench', scopes: [] }, redirectUris: [] };
const tenantId = '11111111-1111-4111-8111-111111111111';

/** The lab's Exchange and Graph with so many mailboxes, over HTTPS with real notifications and with Graph's own limits, and our connector towards it. */
export interface GraphMailWorld extends MailSide {
  /** Runs with the machine unless it is turned. */
  clock: TurnableClock;
  exchange: Exchange;
  graph: GraphStandIn;
  /** Calls so far, those within a batch counted, and how many of them were refused with 429. */
  calls(): { all: number; refused: number };
  /** What was written into mailboxes over the wire so far. */
  writes(): number;
  close(): Promise<void>;
}

export async function openGraphMail(people: number): Promise<GraphMailWorld> {
  const clock = createLabClock();
  const certificate = await localCertificate();
  const exchange = createExchange({ clock, domain: 'contoso.test', people: Array.from({ length: people }, (_, n) => ({ name: `Person ${n}`, address: `p${n}@contoso.test`, timeZone: 'Europe/Berlin' })) });
  let origin = '';
  const entra = await createEntra({ clock, tenantId, people: () => exchange.people, apps: [app], origin: () => origin, key: await newSigningKey() });
  const graph = createStandIn({ clock, exchange, entra, ca: certificate.cert });
  let connector: GraphConnector | null = null;
  let [subscribed, written] = [0, 0];
  graph.log.onEntry(({ method, path, status }) => void (method === 'POST' && path.endsWith('/subscriptions') && status === 201 && subscribed++));
  graph.log.onEntry(({ method, path }) => void (method !== 'GET' && path.includes('/messages') && written++));
  const listener = await listenHttps([mounted(() => connector?.doors ?? []), graph.handle, entra.handle], certificate);
  ({ origin } = listener);
  const ids = new Map(exchange.people.map(({ address, id }) => [address, id]));
  return {
    clock, exchange, graph, logins: [...ids.keys()], mailboxOf: (login) => ids.get(login) ?? login,
    writes: () => written,
    calls() {
      const counts = [...graph.log.counts];
      const sum = (of: typeof counts): number => of.reduce((all, [, each]) => all + each, 0);
      return { all: sum(counts), refused: sum(counts.filter(([key]) => key.endsWith(' 429'))) };
    },
    async connect(onWake) {
      const made = createGraph({
        config: graphConfig.parse({ type: 'graph', instance: 'mail', tenantId, clientId: app.clientId, clientSecretEnv: 'SECRET', baseUrl: origin, authority: origin, notificationUrl: `${origin}/hooks/m365`, deadlines: { overallMs: 600_000 } }),
        clock, log: silent, publicUrl: origin, ca: certificate.cert, env: { SECRET: 'bench' }, wake: { mark: async (keys) => onWake([...keys]) },
      });
      connector = made;
      return { mailStores: [made.mailStore], isWatching: () => subscribed >= people, stop: () => made.stop() };
    },
    async close() {
      clock.stop();
      await listener.close();
    },
  };
}
