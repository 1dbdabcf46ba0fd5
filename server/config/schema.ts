import { isIP } from 'node:net';
import { z } from 'zod';
import { keywordPattern } from '../domain/booking-keyword.ts';
import { connectorConfig } from '../connectors/registry.ts';

/**
 * The whole configuration. Every key that exists stands here or in a connector's config.ts, with its description; docs/configuration.md is compared with it by a test.
 * A key that ends in `Env` names an environment variable: secrets are never in the file.
 */

const environmentName = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'is no name of an environment variable');
const uuid = z.uuid('is no UUID (Entra shows it as "Directory (tenant) ID")');
const language = z.string().regex(/^[a-z]{2}$/, 'must be two letters, such as "en"');
const origin = z.url('is no address').refine(isOrigin, 'must be an origin only: scheme, host and port, without path');
const network = z.string().refine(isNetwork, 'is no address or network, such as 10.0.0.0/8');
const minutes = (least: number, most: number) => z.number().int().min(least).max(most);

/** Outlook loads add-ins over https only; plain http is for this machine alone. */
const publicUrl = origin.refine((url) => url.startsWith('https://') || isLoopback(new URL(url).hostname), 'must begin with https://');

const listen = z.strictObject({
  host: z.string().min(1).default('127.0.0.1').describe('Address to listen on. 0.0.0.0 for all.'),
  port: z.number().int().min(0).max(65_535).default(3000).describe('Port to listen on; 0 takes a free one.'),
  tls: z
    .strictObject({
      certFile: z.string().min(1).describe('Certificate with its chain, PEM.'),
      keyFile: z.string().min(1).describe('Its private key, PEM.'),
    })
    .optional()
    .describe('Listen with https. Without it put a reverse proxy in front that does.'),
  proxies: z.array(network).default([]).describe('Addresses or networks of reverse proxies whose X-Forwarded-For is believed.'),
});

const database = z.strictObject({
  urlEnv: environmentName.default('DATABASE_URL').describe('Environment variable with the address of a PostgreSQL 15 or newer: postgres://user:password@host/database.'),
  embedded: z.boolean().default(true).describe('Start the PostgreSQL that comes with Tieline, in the data folder, when that variable is not set. For one machine.'),
});

const tenant = z.strictObject({
  id: uuid.describe('Entra tenant whose people may sign in.'),
  audience: z.string().min(1).describe('Client id of Tieline\'s app registration: the `aud` of its access tokens (version 2).'),
  issuer: z.url('is no address').optional().describe('The `iss` of its tokens. Default: `<authority>/<id>/v2.0`.'),
  jwksUri: z.url('is no address').optional().describe('Where the keys of its tokens are. Default: `<authority>/<id>/discovery/v2.0/keys`.'),
  authority: z.url('is no address').default('https://login.microsoftonline.com').describe('Entra\'s address; another one for national clouds.'),
});

const exchangeServer = z.strictObject({
  metadataUrl: z.url('is no address').refine(isSecure, 'must begin with https://').describe('Where the server publishes its signing certificates: `https://<autodiscover host>/autodiscover/metadata/json/1`. A token must name exactly this address (`amurl`); nothing else is asked.'),
  audience: z.url('is no address').optional().describe('The `aud` of its tokens: the first SourceLocation in the manifest that is installed. Default: `<add-in\'s origin>/addin/taskpane.html`.'),
});

const roleRule = z.strictObject({
  role: z.enum(['user', 'operator', 'administrator', 'auditor']).describe('The role that is given.'),
  claim: z.string().min(1).max(200).optional().describe('Name of a claim of the ID token, such as groups, email or realm_access.roles. Without it everybody of this provider gets the role.'),
  value: z.string().min(1).max(500).optional().describe('What the claim must be, or hold as one of several.'),
});

const provider = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{0,30}$/, 'must be a short lower-case name').describe('Our name for it, part of the address to register with the provider as redirect URI: `<publicUrl>/sign-in/<id>/callback`.'),
  name: z.string().min(1).max(60).describe('Name on the sign-in button.'),
  issuer: z.url('is no address').refine(isSecure, 'must begin with https://').describe('Issuer exactly as the provider writes it in its discovery document. For Entra: `https://login.microsoftonline.com/<tenant id>/v2.0`.'),
  clientId: z.string().min(1).describe('Client id that the provider gave to Tieline.'),
  secretEnv: environmentName.optional().describe('Environment variable with the client secret. Without one Tieline is a public client, protected by PKCE.'),
  scopes: z.array(z.string().min(1)).default(['openid', 'profile', 'email']).refine((scopes) => scopes.includes('openid'), 'must contain openid').describe('Scopes to ask for.'),
  roles: z.array(roleRule).default([]).describe('Who may do what. Whoever gets no role is turned away; people of a tenant in signIn.tenants are users without a rule.'),
});

const signIn = z
  .strictObject({
    tenants: z.array(tenant).default([]).describe('Only access tokens of these Entra tenants are taken.'),
    exchange: z.array(exchangeServer).default([]).describe('Exchange servers of your own whose identity tokens are taken, for mailboxes that Entra does not know.'),
    scope: z.string().min(1).default('access_as_user').describe('The scope that a token must carry (`scp`).'),
    providers: z.array(provider).default([]).refine(hasOneOfEachId, 'two providers have the same `id`').describe('Where people sign in on the web pages: any OpenID Connect provider, Entra too.'),
    sessionIdleMinutes: minutes(5, 24 * 60).default(120).describe('A web session that was not used for so long ends, minutes.'),
    sessionHours: z.number().min(0.1).max(24 * 7).default(12).describe('A web session ends so long after sign-in, whatever happens, hours.'),
  })
  .refine(({ tenants, providers, exchange }) => tenants.length + providers.length + exchange.length > 0, { path: ['tenants'], message: 'names nobody who may sign in: list an Entra tenant here, a provider under signIn.providers, or an Exchange server under signIn.exchange' });

const conference = z.strictObject({
  joinBase: z.url('is no address').optional().describe('What join links begin with, when it is not `<publicUrl>/j/`. Never change it while invites live.'),
  holdHours: z.number().min(0.1).max(24 * 365).default(24).describe('How long a conference is kept whose invite was not sent, hours.'),
  opensBeforeMinutes: minutes(0, 24 * 60).default(10).describe('How long before the start the door opens, minutes.'),
  closesAfterMinutes: minutes(0, 24 * 60).default(30).describe('How long after the end newcomers are still let in, minutes.'),
  codeDigits: z.number().int().min(6).max(12).default(9).describe('Length of access codes.'),
  unknownCallers: z.enum(['ask', 'wait']).default('ask').describe('What becomes of callers with a guest\'s code whose telephone is nobody\'s that the invite names, where the lobby is on. `ask`: a host or presenter lets them in from the pane. `wait`: they wait for a host like everybody else; a forwarded invite then opens the door by telephone.'),
  maxMembers: z.number().int().min(2).max(10_000).default(50).describe('Most people in one conference.'),
  confirmMinutes: minutes(1, 24 * 60).default(10).describe('How long the send button\'s word stands before the calendar must have shown the event, minutes.'),
  sweepHours: z.number().min(0.01).max(24).default(6).describe('How often a calendar is read that did not say that anything changed, hours.'),
  rereadHours: z.number().min(0.1).max(24).default(20).describe('How often a conference far ahead is compared with its event, hours.'),
  restoreDays: z.number().min(0).max(90).default(7).describe('How long a cancelled conference can be brought back, days.'),
  codeRestDays: z.number().min(1).max(3650).default(365).describe('How long a code is not given out again after its conference, days.'),
  ticketDays: z.number().min(0.1).max(60).default(7).describe('How long an open invite may be sent without a new sign-in, days.'),
  keyword: z
    .strictObject({
      enabled: z.boolean().default(true).describe('A meeting whose place holds the word gets a conference, whatever program it was made with. Needs the right to write to events.'),
      word: z.string().regex(keywordPattern, 'must be @, # or ! and 2 to 20 letters').default('@conf').describe('The word. With ":room" behind it, the organizer\'s own room is taken.'),
      people: z.array(z.email()).default([]).describe('Addresses of people who may book so and never had a conference of ours. Whoever had one is looked after anyway.'),
    })
    .prefault({})
    .describe('Booking by a word in the place of a meeting.'),
  languages: z.array(language).min(1).default(['en']).describe('Languages offered for invites and prompts; the first is the default.'),
});

const withExtension = z.string().max(200).refine((text) => text.includes('{extension}'), 'must hold {extension}');

const voicemail = z.strictObject({
  from: z.email('is no mail address').optional().describe('Sender address of voicemail mails. Default: `voicemail@` and the host of `publicUrl`.'),
  noticeDomains: z.array(z.string().regex(/^(\*|[a-z0-9-]+(\.[a-z0-9-]+)+)$/, 'must be a domain in lower case, or *')).default([]).describe('Domains to which people may have notices of new voicemail sent, besides the domain of their own address; * for all. Administrators may name any address for a group or for everybody.'),
  sweepHours: z.number().min(0.1).max(24).default(6).describe('How often every mail of a mailbox is looked at that did not say that anything changed, hours.'),
});

const lines = z.strictObject({
  number: withExtension.optional().describe('Number of a phone line from outside, with {extension} where the extension stands, such as "+493023125{extension}": finds a line\'s owner by the phone number in the directory.'),
  ownerAddress: withExtension.optional().describe('Mail address of a line\'s owner where it follows from the extension, with {extension} in it: the last clue that is asked.'),
});

const addin = z.strictObject({
  origin: origin.optional().describe('Where the add-in\'s files are served from, when it is not this server: that origin may then ask us (CORS).'),
  officeHosts: z.array(origin).default([]).describe('More origins that may show the add-in in a frame, such as the company\'s own Outlook on the web.'),
});

const limits = z.strictObject({
  insiders: z.array(network).default(['127.0.0.0/8', '::1/128', '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7']).describe('Networks that may see /metrics and the details of /readyz.'),
  requestsPerMinute: z.number().int().min(10).max(100_000).default(300).describe('Requests to the API per caller and minute, and per process; more are answered with 429.'),
});

export const configSchema = z.strictObject({
  publicUrl: publicUrl.describe('Address under which Outlook and people reach this server, such as https://tieline.example.com.'),
  listen: listen.prefault({}).describe('Where the server listens.'),
  data: z.string().min(1).default('tieline-data').describe('Folder for what this server keeps on disk (the embedded database). Relative to the configuration file.'),
  database: database.prefault({}).describe('Where data is kept.'),
  roles: z.array(z.enum(['web', 'hooks', 'work'])).min(1).default(['web', 'hooks', 'work']).describe('What this process does: `web` serves people, `hooks` takes what other systems send, `work` does the work.'),
  log: z
    .strictObject({ level: z.enum(['debug', 'info', 'warn', 'error']).default('info').describe('Least important message that is written.') })
    .prefault({})
    .describe('The log goes to standard output, one JSON object a line.'),
  caFile: z.string().min(1).optional().describe('More certificate authorities (PEM) to trust when we call others.'),
  signIn: signIn.describe('Who may sign in.'),
  organisation: z
    .strictObject({
      id: z.string().regex(/^[a-z][a-z0-9-]{0,30}$/, 'must be a short lower-case name').default('default').describe('Our name for the organisation. Never change it: rows carry it.'),
      name: z.string().min(1).default('Our organisation').describe('Name shown to people.'),
    })
    .prefault({})
    .describe('Whom this server serves.'),
  conference: conference.prefault({}).describe('Conferences in invites.'),
  voicemail: voicemail.prefault({}).describe('Voicemail and its mails. What a person, a group or everybody wants of it is in the settings.'),
  lines: lines.prefault({}).describe('How owners of phone lines are found, besides an administrator\'s list.'),
  addin: addin.prefault({}).describe('The Outlook add-in.'),
  limits: limits.prefault({}).describe('Protection against too much.'),
  connectors: z.array(connectorConfig).default([]).refine(hasOneOfEach, 'two connectors have the same `instance`').describe('The systems that Tieline joins, one entry each.'),
});

export type Config = z.output<typeof configSchema>;
/** What may be written: everything with a default can be left out. */
export type ConfigInput = z.input<typeof configSchema>;

function isOrigin(address: string): boolean {
  return URL.canParse(address) && new URL(address).origin === address.replace(/\/$/, '');
}

function isNetwork(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/');
  const most = isIP(address) === 4 ? 32 : 128;
  return isIP(address) !== 0 && more.length === 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most));
}

/** Plain http is for this machine alone. */
function isSecure(address: string): boolean {
  return address.startsWith('https://') || (URL.canParse(address) && isLoopback(new URL(address).hostname));
}

function hasOneOfEachId(entries: readonly { id: string }[]): boolean {
  return new Set(entries.map((each) => each.id)).size === entries.length;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(\.\d+){3}$/.test(host);
}

function hasOneOfEach(connectors: readonly { instance: string }[]): boolean {
  return new Set(connectors.map((each) => each.instance)).size === connectors.length;
}
