import { z } from 'zod';

const environmentName = z.string().regex(/^[A-Z][A-Z0-9_]*$/, 'is no name of an environment variable');

/** A mail server that takes our mails (SMTP submission, RFC 6409). */
export const smtpConfig = z
  .strictObject({
    type: z.literal('smtp'),
    instance: z.string().regex(/^[a-z][a-z0-9-]{0,30}$/, 'must be a short lower-case name').describe('Our name for this mail server. Never change it.'),
    host: z.string().min(1).describe('Name of the mail server.'),
    port: z.number().int().min(1).max(65_535).default(587).describe('Port for submission: 587 with STARTTLS, 465 with TLS.'),
    security: z.enum(['starttls', 'tls', 'none']).default('starttls').describe('STARTTLS or TLS from the first byte; none on this machine only. A server without the demanded security gets no mail.'),
    caFile: z.string().min(1).optional().describe('Certificate authority (PEM) to trust besides the public ones.'),
    from: z.email().describe('Address that mails come from: invitations, in which it stands as the organizer, and voicemail where mailboxes cannot be written to. Best one that somebody reads.'),
    username: z.string().min(1).optional().describe('Name to sign in with.'),
    passwordEnv: environmentName.optional().describe('Environment variable with the password.'),
    oauth: z
      .strictObject({
        tokenUrl: z.url({ protocol: /^https$/, error: 'must be an https address' }).describe('Where tokens come from. For Microsoft 365: `https://login.microsoftonline.com/<tenant id>/oauth2/v2.0/token`.'),
        clientId: z.string().min(1).describe('Client id.'),
        clientSecretEnv: environmentName.describe('Environment variable with the client secret.'),
        scope: z.string().min(1).default('https://outlook.office365.com/.default').describe('Scope of the token.'),
      })
      .optional()
      .describe('Sign in with a token (XOAUTH2) instead of a password.'),
    maxAudioBytes: z.number().int().min(0).max(100_000_000).default(7_000_000).describe('Largest sound that goes with a voicemail\'s mail, bytes; it grows by a third on the way. Many servers take mails of 10 MB.'),
    deadlineMs: z.number().int().min(1_000).max(600_000).default(60_000).describe('One mail from connect to the server\'s last word, milliseconds.'),
  })
  .refine(({ security, host }) => security !== 'none' || isLoopback(host), { path: ['security'], error: 'may be none only for a mail server on this machine' })
  .refine(({ username, passwordEnv, oauth }) => (username === undefined) === (passwordEnv === undefined && oauth === undefined), { path: ['username'], error: 'give username together with passwordEnv or oauth' });

export type SmtpConfig = z.output<typeof smtpConfig>;

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d+){3}$/.test(host);
}
