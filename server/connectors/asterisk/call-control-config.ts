import { z } from 'zod';

export const callControlConfig = z.strictObject({
  channel: z.string().regex(/^[A-Za-z]\w*\/[\w.@/{}-]*\{extension\}[\w.@/-]*$/, 'is no channel with {extension} in it').default('PJSIP/{extension}').describe('Channel of somebody\'s phone, with {extension} for its extension.'),
  context: z.string().regex(/^[\w-]+$/).default('from-internal').describe('Context of the dialplan from which the phones dial: what they may not call, nobody can call from Outlook.'),
  plus: z.string().regex(/^[+\d]*$/).default('+').describe('What is dialled instead of the + of an E.164 number, such as 00.'),
  ringMs: z.number().int().min(1_000).max(300_000).default(25_000).describe('How long one\'s own phone rings, milliseconds.'),
  playContext: z.string().regex(/^[\w-]+$/).default('tieline-play').describe('Context that plays one message (pbx/asterisk/voicemail.conf).'),
  playCaller: z.string().regex(/^[\w *#+-]*$/).default('*97').describe('Number that the phone shows while it rings to play a message.'),
});

export type CallControlConfig = z.output<typeof callControlConfig>;
