import { z } from 'zod';

const environmentName = z.string().regex(/^[A-Z][A-Z0-9_]*$/, 'is no name of an environment variable');
const secureUrl = z.url({ protocol: /^https$/, error: 'must be an https address' });
const domain = z.string().regex(/^[a-z0-9.-]+$/i, 'is no mail domain').toLowerCase();

const clientCredentials = z.strictObject({
  tokenUrl: secureUrl.describe('The sign-in service\'s token endpoint.'),
  clientId: z.string().min(1).describe('Our client id there.'),
  clientSecretEnv: environmentName.describe('Environment variable that holds the client\'s secret.'),
  scope: z.string().min(1).optional().describe('Scope to ask for, where the service wants one.'),
});

const googleServiceAccount = z.strictObject({
  keyFile: z.string().min(1).describe('The service account\'s key, JSON as Google Cloud gives it. Only our server\'s user may read it.'),
  scope: z.string().min(1).default('https://mail.google.com/').describe('Scope that domain-wide delegation gives the account. IMAP needs the whole mailbox.'),
});

const masterUser = z.strictObject({
  user: z.string().min(1).describe('The server\'s master user, who may enter every mailbox.'),
  passwordEnv: environmentName.describe('Environment variable that holds the master user\'s password.'),
});

const auth = z
  .strictObject({
    clientCredentials: clientCredentials.optional().describe('OAuth 2: one token of ours opens every mailbox.'),
    googleServiceAccount: googleServiceAccount.optional().describe('Google Workspace: a service account with domain-wide delegation; a token for each mailbox.'),
    masterUser: masterUser.optional().describe('For servers without OAuth 2. People\'s own passwords are never used.'),
  })
  .refine((ways) => Object.values(ways).filter((each) => each !== undefined).length === 1, 'give exactly one of clientCredentials, googleServiceAccount and masterUser');

const connections = z.strictObject({
  standing: z.number().int().min(0).max(50_000).default(5_000).describe('Mailboxes that are watched over a connection that stays open (IDLE), about 50 to 100 KB of memory each; further ones are asked from time to time.'),
  opening: z.number().int().min(1).max(500).default(20).describe('Connections that are opened at a time.'),
  lingerSeconds: z.number().int().min(0).max(600).default(20).describe('How long a connection that nobody watches over stays open after its last use, seconds.'),
  idleMinutes: z.number().int().min(1).max(29).default(10).describe('How long an IDLE lasts before it is begun anew, minutes. Servers and firewalls forget longer ones.'),
});

const poll = z.strictObject({
  fastSeconds: z.number().min(0.1).max(60).default(5).describe('First pause between two looks at a mailbox that is not pushed, after something happened, seconds.'),
  slowSeconds: z.number().min(0.1).max(3_600).default(15).describe('Longest such pause, seconds.'),
});

const deadlines = z.strictObject({
  connectMs: z.number().int().min(500).max(120_000).default(20_000).describe('Opening a connection and signing in, milliseconds.'),
  commandMs: z.number().int().min(500).max(600_000).default(60_000).describe('One thing that is asked of a mailbox, milliseconds. A search in a very large folder takes its time.'),
});

/** One IMAP server with the mailboxes of some domains. */
export const imapConfig = z
  .strictObject({
    type: z.literal('imap'),
    instance: z.string().regex(/^[a-z][a-z0-9-]{0,30}$/, 'must be a short lower-case name').describe('Our name for this mail system. Never change it: rows carry it.'),
    host: z.string().min(1).describe('The server\'s name, as it stands in its certificate.'),
    port: z.number().int().min(1).max(65_535).default(993).describe('The server\'s port.'),
    security: z.enum(['tls', 'starttls', 'none']).default('tls').describe('`tls` from the first byte; `starttls`: upgraded, or not used at all; `none` for this machine alone.'),
    caFile: z.string().min(1).optional().describe('Certificate authority (PEM) to trust besides the public ones.'),
    flavour: z.enum(['generic', 'gmail']).default('generic').describe('`gmail` where labels stand for folders: Gmail and Google Workspace.'),
    domains: z.array(domain).min(1).describe('Mail domains whose mailboxes are on this server.'),
    login: z.enum(['address', 'local']).default('address').describe('What a mailbox is called when we sign in: the whole address, or the part before the @.'),
    trashFolder: z.string().min(1).optional().describe('The trash, when the server does not say which folder it is. Made when it is not there.'),
    auth: auth.describe('How we sign in.'),
    connections: connections.prefault({}).describe('How many connections we hold.'),
    poll: poll.prefault({}).describe('Mailboxes that the server does not push.'),
    deadlines: deadlines.prefault({}).describe('How long we wait for what.'),
  })
  .refine(({ security, host }) => security !== 'none' || /^(localhost|127(\.\d+){3}|::1)$/.test(host), { path: ['security'], error: 'none is for this machine alone' });

export type ImapConfig = z.output<typeof imapConfig>;
export type ImapConfigInput = z.input<typeof imapConfig>;
