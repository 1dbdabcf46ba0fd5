import { z } from 'zod';

const environmentName = z.string().regex(/^[A-Z][A-Z0-9_]*$/, 'is no name of an environment variable');

/** What Prosody tells and takes over HTTP, from a machine that may reach its port. */
const prosody = z.strictObject({
  url: z.url('is no address').describe('Prosody\'s own HTTP address, such as http://127.0.0.1:5280. It asks nobody who they are, so only this server may reach it.'),
  keyEnv: environmentName.optional().describe('Environment variable with the private key (PEM, PKCS 8, RSA) by which we end meetings and put people out. Its public half is at `<publicUrl>/hooks/<instance>/keys`.'),
  keyId: z.string().regex(/^[\w./-]{1,100}$/, 'is no name of a key').default('tieline').describe('Our name for that key (`kid`).'),
});

/** One Jitsi Meet of one's own. */
export const jitsiConfig = z.strictObject({
  type: z.literal('jitsi'),
  instance: z.string().regex(/^[a-z][a-z0-9-]{0,30}$/, 'must be a short lower-case name').describe('Our name for this Jitsi. Never change it: rows carry it.'),
  url: z.url('is no address').describe('Where browsers open it, such as https://meet.example.com.'),
  domain: z.string().regex(/^[a-z0-9.-]+$/, 'is no domain').optional().describe('Prosody\'s main virtual host, when it is not the host of `url`.'),
  appId: z.string().min(1).describe('`app_id` of Prosody\'s token authentication.'),
  secretEnv: environmentName.describe('Environment variable that holds `app_secret` of the token authentication; 32 characters or more.'),
  tokenIn: z.enum(['fragment', 'query']).default('fragment').describe('Where join links carry the token. After # it reaches no server and no log; very old versions of Jitsi Meet read it only after ?.'),
  reservationSecretEnv: environmentName.describe('Environment variable with the word that Prosody shows when it asks us for rooms (`reservations_api_headers`: Authorization, Bearer …).'),
  prosody: prosody.optional().describe('Who is in, ending meetings, putting people out. Without it we only know that a room is in use.'),
  dialIn: z
    .array(z.strictObject({
      country: z.string().regex(/^[A-Z]{2}$/, 'must be a two-letter country code'),
      number: z.string().regex(/^\+[1-9]\d{1,14}$/, 'must be an E.164 number, for example +442079460400'),
    }))
    .default([])
    .describe('Numbers that lead to its own dial-in (jigasi), best first. Without any, a telephone bridge of yours takes the calls, in a room of its own.'),
  deadlineMs: z.number().int().min(100).max(120_000).default(5_000).describe('One request to Prosody or the web server, milliseconds.'),
  lookEverySeconds: z.number().int().min(5).max(3_600).default(30).describe('How often we look whether it answers, seconds.'),
});

export type JitsiConfig = z.output<typeof jitsiConfig>;
export type JitsiConfigInput = z.input<typeof jitsiConfig>;

/** Prosody's main virtual host: what tokens and addresses of rooms name. */
export function domainOf({ url, domain }: Pick<JitsiConfig, 'url' | 'domain'>): string {
  return domain ?? new URL(url).hostname;
}
