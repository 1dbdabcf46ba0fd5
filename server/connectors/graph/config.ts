import { z } from 'zod';

const secureUrl = z.url({ protocol: /^https$/, error: 'must be an https address' }).transform((url) => url.replace(/\/+$/, ''));
const environmentName = z.string().regex(/^[A-Z][A-Z0-9_]*$/, 'is no name of an environment variable');

const budgets = z.strictObject({
  mailboxConcurrent: z.number().int().min(1).max(4).default(3).describe('Calls to one mailbox at a time. Graph allows an app 4; the fourth stays free for other software under the same app.'),
  mailboxPer10Minutes: z.number().int().min(100).max(10_000).default(9_500).describe('Calls to one mailbox in 10 minutes. Graph allows 10,000; a twentieth is left for calls that arrive late.'),
  overallConcurrent: z.number().int().min(1).max(1_000).default(64).describe('Calls at a time over all mailboxes.'),
  overallPer10Seconds: z.number().int().min(10).max(130_000).default(20_000).describe('Calls in 10 seconds over all mailboxes. Graph allows 130,000 per app, for all tenants together.'),
  resyncs: z.number().int().min(1).max(100).default(4).describe('Calendars that are read anew at a time, after Graph has forgotten where we were.'),
});

const deadlines = z.strictObject({
  attemptMs: z.number().int().min(500).max(120_000).default(20_000).describe('One attempt of one call, its answer read to the end, milliseconds.'),
  overallMs: z.number().int().min(1_000).max(600_000).default(90_000).describe('One call with all waiting and repeating, milliseconds.'),
});

/** One Microsoft 365 tenant. The same connector serves all its features with one app registration and one set of budgets. */
export const graphConfig = z
  .strictObject({
    type: z.literal('graph'),
    instance: z.string().regex(/^[a-z][a-z0-9-]{0,30}$/, 'must be a short lower-case name').describe('Our name for this tenant\'s mail system. Never change it: rows carry it.'),
    tenantId: z.guid().toLowerCase().describe('Directory (tenant) ID of the app registration in Entra.'),
    clientId: z.guid().toLowerCase().describe('Application (client) ID of the app registration.'),
    clientSecretEnv: environmentName.optional().describe('Environment variable that holds the client secret. Either this or a certificate.'),
    certificate: z
      .strictObject({
        keyFile: z.string().min(1).describe('Private key, PEM (PKCS#8), RSA.'),
        certFile: z.string().min(1).describe('Certificate, PEM, as uploaded to the app registration.'),
      })
      .optional()
      .describe('Certificate to sign in with, instead of a client secret.'),
    cloud: z.enum(['global', 'usgov', 'dod', 'china']).default('global').describe('Which of Microsoft\'s clouds: global (with GCC), usgov (GCC High), dod, or china (21Vianet).'),
    baseUrl: secureUrl.optional().describe('Address of Graph without the version, when it is not that of the cloud.'),
    authority: secureUrl.optional().describe('Address of the sign-in service without the tenant, when it is not that of the cloud.'),
    caFile: z.string().min(1).optional().describe('Certificate authority (PEM) to trust besides the public ones, for example of a proxy that opens TLS.'),
    notificationUrl: secureUrl.optional().describe('Where Graph reaches our doors, when it is not <publicUrl>/hooks/<instance>. We add /notifications and /lifecycle.'),
    notifications: z.boolean().default(true).describe('Ask Graph to tell us of changes. Without it, calendars are only looked at from time to time.'),
    write: z.boolean().default(true).describe('May events be written to. With false, Calendars.Read is enough.'),
    onBehalfOf: z.boolean().default(false).describe('Events that are created in Tieline are made, changed and cancelled with the rights of the person who asks, by the delegated permission Calendars.ReadWrite. The app then needs no right to write for them.'),
    joinBase: secureUrl.optional().describe('What every join link begins with, when it is not <publicUrl>/j. Of a private event, only such links are kept.'),
    sendFrom: z.email().optional().describe('Mailbox from which voicemail is sent to people whose mailboxes the app may not write to; needs the application permission Mail.Send for it. Exchange sends 30 mails a minute and 10,000 a day from one.'),
    testMailbox: z.email().optional().describe('A mailbox to try the calendar rights on at start. Without one, they show when the first calendar is read.'),
    subscriptionMinutes: z.number().int().min(60).max(10_070).default(10_070).describe('Life of a subscription before it is renewed. Graph allows 10,080 for calendars.'),
    pageSize: z.number().int().min(1).max(500).default(50).describe('Events that we ask for in one page.'),
    budgets: budgets.prefault({}).describe('How much we ask of Graph at most.'),
    deadlines: deadlines.prefault({}).describe('How long we wait for what.'),
  })
  .refine(({ clientSecretEnv, certificate }) => (clientSecretEnv === undefined) !== (certificate === undefined), {
    path: ['clientSecretEnv'],
    error: 'give either clientSecretEnv or certificate',
  });

export type GraphConfig = z.output<typeof graphConfig>;
export type GraphConfigInput = z.input<typeof graphConfig>;

/** Addresses of Microsoft's clouds (learn.microsoft.com/graph/deployments). Tokens are asked for the cloud's Graph even where `baseUrl` leads elsewhere. */
const clouds = {
  global: { graph: 'https://graph.microsoft.com', authority: 'https://login.microsoftonline.com' },
  usgov: { graph: 'https://graph.microsoft.us', authority: 'https://login.microsoftonline.us' },
  dod: { graph: 'https://dod-graph.microsoft.us', authority: 'https://login.microsoftonline.us' },
  china: { graph: 'https://microsoftgraph.chinacloudapi.cn', authority: 'https://login.partner.microsoftonline.cn' },
} as const;

/** Where the connector talks to, without slashes at the end. */
export interface GraphAddresses {
  /** Graph, without the version. */
  base: string;
  authority: string;
  /** What we ask tokens for as the app. */
  scope: string;
  /** What we ask tokens for in a person's name. */
  ownCalendar: string;
}

export function addressesOf({ cloud, baseUrl, authority }: GraphConfig): GraphAddresses {
  const known = clouds[cloud];
  return { base: baseUrl ?? known.graph, authority: authority ?? known.authority, scope: `${known.graph}/.default`, ownCalendar: `${known.graph}/Calendars.ReadWrite` };
}
