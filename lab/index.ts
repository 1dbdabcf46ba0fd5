/**
 * The rehearsal world: stand-ins of Outlook, Graph, Entra, Asterisk and Jitsi that speak the real wire protocols, behind one origin for the visitor's browser.
 * Knows nothing of Tieline but where its server listens.
 */
import { createAsterisk, type Asterisk } from './asterisk/index.ts';
import type { TurnableClock } from './clock.ts';
import { createEntra, type Entra } from './entra/index.ts';
import { EntraError } from './entra/types.ts';
import { createExchangeAuth, type ExchangeAuth } from './exchange-auth/index.ts';
import { createExchange, type Exchange } from './exchange/index.ts';
import { openGateway, type Gateway } from './gateway.ts';
import { createGraph, type GraphStandIn } from './graph/index.ts';
import { listenHttps, type Listener, type TlsOptions } from './http.ts';
import { createJitsi, type Jitsi } from './jitsi/index.ts';
import { createOutlookRoutes, exchangeMailbox, rewriteAddinPage, rewriteManifest } from './outlook/index.ts';
import { createConductor } from './page/conductor.ts';
import { createLabFaults } from './page/lab-faults.ts';
import { createPageRoutes } from './page/routes.ts';
import { anna, domain, people, phones, timeZone, voicemailBoxes } from './people.ts';
import { createOutboxRoute } from './smtp/outbox-page.ts';
import { createSmtp, type LabSmtp } from './smtp/index.ts';
import { createTranscriptionEngine, type LabTranscription } from './transcription/index.ts';
import { newLabSecrets, type LabSecrets } from './secrets.ts';
import { sounds } from './sounds.ts';

export interface LabOptions {
  clock: TurnableClock;
  /** Port of the one origin; 0 takes a free one. */
  port: number;
  tls: TlsOptions & { ca: string };
  /** Where the dialplan asks: `agi://127.0.0.1:PORT/conference`. */
  agiUrl: string;
  /** Folder that the PBX has further sounds in, as files. */
  soundsFolder: string;
  /** Path of Tieline's doors for Jitsi: `/hooks/meet`. */
  jitsiDoors: string;
  /** Tieline's server, as the lab sees it from outside. */
  server: {
    /** `http://127.0.0.1:PORT`, null while it is down. */
    address(): string | null;
    restarts(): number;
    kill(): void;
    /** Calls `fn` when it goes down or comes up. */
    onChange(fn: () => void): void;
  };
}

export interface Lab {
  /** `https://localhost:PORT`: what a visitor opens. */
  origin: string;
  /** Where Graph and Entra stand. */
  cloud: string;
  secrets: LabSecrets;
  exchange: Exchange;
  entra: Entra;
  /** What vouches for mailboxes of the company's own Exchange server. */
  exchangeAuth: ExchangeAuth;
  graph: GraphStandIn;
  asterisk: Asterisk;
  jitsi: Jitsi;
  /** `https://localhost:PORT/jitsi`: where browsers open its rooms. */
  jitsiUrl: string;
  smtp: LabSmtp;
  transcription: LabTranscription;
  gateway: Gateway;
  close(): Promise<void>;
}

/** Nothing listens there: what is asked while the server is down fails at once. */
const nowhere = 'http://127.0.0.1:1';

/** The app registration's own scope, as the add-in asks for it. */
const scope = 'access_as_user';

export async function createLab(options: LabOptions): Promise<Lab> {
  const { clock, tls } = options;
  const secrets = newLabSecrets();
  const exchange = createExchange({ clock, domain, people });
  let cloud: Listener | undefined;
  let gateway: Gateway | undefined;
  const originOf = (): string => gateway?.origin ?? `https://localhost:${options.port}`;

  const entra = await createEntra({
    clock, tenantId: secrets.tenantId, people: () => exchange.people, origin: () => cloud?.origin ?? '',
    apps: [{
      clientId: secrets.clientId, name: 'Tieline', secret: secrets.clientSecret, roles: ['Calendars.ReadWrite', 'Mail.ReadWrite', 'MailboxSettings.Read', 'Presence.ReadWrite.All', 'User.Read.All'],
      // The port is known late.
      exposes: { get uri() { return `api://${new URL(originOf()).host}/${secrets.clientId}`; }, scopes: [scope] },
      get redirectUris() { return [`${originOf()}/sign-in/example/callback`]; },
      get spaRedirectUris() { return [`brk-multihub://${new URL(originOf()).host}`, `${originOf()}/addin/sign-in.html`]; },
    }],
  });
  const graph = createGraph({ clock, exchange, entra, ca: tls.ca });
  const exchangeAuth = await createExchangeAuth({ clock, origin: () => cloud?.origin ?? '' });
  cloud = await listenHttps([entra.handle, async (request, response) => exchangeAuth.handle(request, response), graph.handle], tls);

  const asterisk = await createAsterisk({
    clock, phones, agiUrl: options.agiUrl, timeZone, sounds, soundsFolder: options.soundsFolder, promptMs: 250, firstJoinMs: 600, kickedMs: 2400,
    users: [{ name: secrets.amiUser, secret: secrets.amiSecret, read: ['call', 'user', 'reporting', 'system'], write: ['call', 'user', 'reporting', 'originate'] }],
    ariUsers: [{ name: secrets.ariUser, password: secrets.ariPassword, readOnly: true }], voicemail: { boxes: voicemailBoxes },
  });

  const smtp = await createSmtp({ clock, key: tls.key, cert: tls.cert });
  const transcription = await createTranscriptionEngine();

  // Behind the one origin as well, so that the visitor's browser warns once only.
  const doors = (): string => `${options.server.address() ?? nowhere}${options.jitsiDoors}`;
  const jitsi = await createJitsi({
    clock, domain: `meet.${domain}`, base: '/jitsi', appId: secrets.jitsiApp, secret: secrets.jitsiSecret,
    reservations: { prefix: doors, secret: secrets.jitsiWord }, keysUrl: () => `${doors()}/keys`,
  });

  const token = (person: string): Promise<string> => entra.issueToken({ person, audience: secrets.clientId, scopes: [scope] });
  const trouble = { isSignInRefused: false };
  const faults = createLabFaults({ asterisk, graph, gateway: () => gateway, trouble });
  const conductor = createConductor({
    clock, exchange: () => exchange, asterisk: () => asterisk, faults: faults.switches, calendarNote: faults.calendarNote,
    server: { isUp: () => options.server.address() !== null, restarts: options.server.restarts, kill: options.server.kill },
    async startOver() {
      faults.switches.mendAll();
      asterisk.phones().forEach(({ extension }) => asterisk.phone(extension).hangUp());
      for (const event of exchange.list(anna)) exchange.remove(anna, event.id);
    },
  });
  asterisk.onChange(conductor.changed);
  exchange.onChange(conductor.changed);
  exchange.mail.onChange(conductor.changed);
  clock.onTurn(conductor.changed);
  options.server.onChange(conductor.changed);

  gateway = await openGateway({
    clock, port: options.port, tls,
    routes: [
      (req, res) => {
        if (!req.url?.startsWith('/jitsi/')) return false;
        jitsi.web(req, res).then((isOurs) => isOurs || res.writeHead(404).end(), () => res.destroy());
        return true;
      },
      createOutboxRoute(smtp),
      createPageRoutes({ world: conductor.world, onWorld: conductor.onWorld, perform: conductor.perform, token: () => token(anna) }),
      createOutlookRoutes({
        clock, manifestUrl: '/manifest.xml', mailbox: exchangeMailbox(exchange),
        async issueToken(person) {
          // 13005: the grant is missing; what Outlook tells when the administrator has not consented.
          if (trouble.isSignInRefused) throw Object.assign(new Error('Consent is missing.'), { code: 13005 });
          return token(person);
        },
        async issueNested(person, asked) {
          return entra.broker(person, asked).catch((cause: unknown) => {
            throw cause instanceof EntraError ? Object.assign(new Error(cause.message), { code: cause.error }) : cause;
          });
        },
        // The first SourceLocation of the manifest that this Outlook shows.
        issueIdentityToken: async (person) => exchangeAuth.issue({ person, audience: `${originOf()}/addin/taskpane.html`, isTextual: true }),
      }),
    ],
    upstream: options.server.address,
    rewrite: (path, text) => (path.endsWith('.xml') ? rewriteManifest(text, originOf()) : rewriteAddinPage(text)),
  });

  return {
    get origin() {
      return originOf();
    },
    get jitsiUrl() {
      return `${originOf()}/jitsi`;
    },
    cloud: cloud.origin, secrets, exchange, entra, exchangeAuth, graph, asterisk, jitsi, smtp, transcription, gateway,
    async close() {
      await Promise.all([gateway?.close(), cloud?.close(), asterisk.close(), jitsi.close(), smtp.close(), transcription.close()]);
      clock.stop();
    },
  };
}
