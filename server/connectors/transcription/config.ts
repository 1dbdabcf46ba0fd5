import { z } from 'zod';

const environmentName = z.string().regex(/^[A-Z][A-Z0-9_]*$/, 'is no name of an environment variable');

/** An engine that writes down what was said, behind the common `POST /v1/audio/transcriptions`. */
export const transcriptionConfig = z
  .strictObject({
    type: z.literal('transcription'),
    instance: z.string().regex(/^[a-z][a-z0-9-]{0,30}$/, 'must be a short lower-case name').describe('Our name for this engine. Never change it.'),
    url: z.url({ protocol: /^https?$/, error: 'must be an http or https address' }).describe('Address before `/v1/audio/transcriptions`, such as http://127.0.0.1:8000.'),
    model: z.string().min(1).max(200).default('whisper-1').describe('Model that the engine shall use.'),
    keyEnv: environmentName.optional().describe('Environment variable with the key, where the engine wants one.'),
    allowOutside: z.boolean().default(false).describe('The engine may be outside one\'s own network. Without it only addresses of this machine and of private networks are taken, by number or as a name without a public domain.'),
    deadlineMs: z.number().int().min(1_000).max(3_600_000).default(600_000).describe('One recording from request to text, milliseconds; an hour of speech takes minutes without a graphics card.'),
    atOnce: z.number().int().min(1).max(64).default(1).describe('Recordings that are given to it at the same time.'),
    maxMegabytes: z.number().int().min(1).max(500).default(25).describe('Largest recording that it takes, megabytes.'),
  })
  .refine(({ url, allowOutside }) => allowOutside || isInside(new URL(url).hostname), { path: ['url'], error: 'is outside: what callers say would leave the site. Set allowOutside if that is meant' })
  .refine(({ url }) => new URL(url).protocol === 'https:' || isInside(new URL(url).hostname), { path: ['url'], error: 'must be https outside of one\'s own network' });

export type TranscriptionConfig = z.output<typeof transcriptionConfig>;

/** This machine, a private network (RFC 1918, RFC 4193), or a name that only one's own resolver knows. */
function isInside(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '');
  if (/^(127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)[\d.]+$/.test(bare) || bare === '::1' || /^f[cd][0-9a-f]{2}:/i.test(bare)) return true;
  return bare === 'localhost' || /^[a-z0-9-]+$/i.test(bare) || /\.(internal|local|lan|home\.arpa|test)$/i.test(bare);
}
