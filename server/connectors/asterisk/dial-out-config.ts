import { z } from 'zod';

/** One way out: which numbers, and by which channel. */
const route = z.strictObject({
  numbers: z
    .string()
    .regex(/^(\+\d{0,14}|[0-9X]{2,8})$/, 'must be the beginning of an E.164 number (+49), or an extension with X for any digit (2XX)')
    .describe('Which numbers: how they begin (`+49`; `+` alone is every number of the world), or an extension of the PBX with X for any digit (`2XX`).'),
  channel: z
    .string()
    .regex(/^[A-Za-z0-9]+\/[\w.@:/-]*\{number\}[\w.@:/-]*$/, 'must be a channel with {number} in it, such as PJSIP/{number}@trunk')
    .describe('The channel that is called, with {number} for the number: `PJSIP/{number}@trunk`, or `Local/{number}@from-internal/n` to go through the dialplan.'),
  plus: z.string().regex(/^[+0-9]{0,6}$/).default('+').describe('What is dialled instead of the + of an E.164 number, such as 00.'),
});

export const dialOutConfig = z.strictObject({
  routes: z.array(route).min(1).describe('Which numbers may be called, and how. The first that fits counts; a number that fits none is never called.'),
  callerId: z.string().regex(/^\+?\d{2,15}$/, 'must be a telephone number').optional().describe('Number that is shown to those who are called, where the trunk allows it.'),
  context: z.string().regex(/^[\w-]+$/).default('tieline-conference').describe('Context of the dialplan that leads whoever answers to us (pbx/asterisk/).'),
  ringMs: z.number().int().min(5_000).max(120_000).default(30_000).describe('How long it rings, milliseconds.'),
});

export type DialOutConfig = z.output<typeof dialOutConfig>;

/** What to dial for a number; null when no route allows it. `number`: E.164, or the digits of an extension. */
export function channelFor(config: DialOutConfig | undefined, number: string): string | null {
  if (!/^(\+[1-9]\d{1,14}|\d{2,8})$/.test(number)) return null;
  const found = config?.routes.find(({ numbers }) => fits(numbers, number));
  if (!found) return null;
  return found.channel.replace('{number}', number.startsWith('+') ? `${found.plus}${number.slice(1)}` : number);
}

function fits(numbers: string, number: string): boolean {
  if (numbers.startsWith('+')) return number.startsWith(numbers);
  return new RegExp(`^${numbers.replaceAll('X', String.raw`\d`)}$`).test(number);
}
