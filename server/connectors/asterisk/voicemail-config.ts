import { z } from 'zod';

/** Folders that only people name; Asterisk gives them no meaning, and few phones ever reach them. */
const trashFolders = ['Cust1', 'Cust2', 'Cust3', 'Cust4', 'Cust5', 'none'] as const;

/** An absolute path as Asterisk's own files have it: no comma, for it becomes the argument of a function there. */
const path = z.string().regex(/^\/[\w./ -]*$/, 'is no absolute path of plain characters').refine((text) => !text.split('/').includes('..'), 'must not lead upwards');

export const voicemailConfig = z.strictObject({
  trash: z
    .enum(trashFolders)
    .default('Cust5')
    .describe('Folder that holds what was removed, so that it can be brought back. None of your people may use it as a folder of their own. `none`: what is removed is gone. Asterisk\'s own Deleted is never written to: it loses messages.'),
  spoolDirectory: path.optional().describe('The PBX\'s `astspooldir`, as the PBX names it. Asked of the PBX when it is not given.'),
  sharedSpool: path.optional().describe('The PBX\'s folder `voicemail`, mounted here, to be read only: audio comes from there instead of over ARI.'),
  recordingPrefix: z.string().regex(/^[\w-]+(\/[\w-]+)*$/).default('voicemail').describe('Where the voicemail spool lies below `recording/`, for audio over ARI.'),
  restoreMs: z.number().int().min(1_000).max(120_000).default(20_000).describe('Bringing back a message that a phone deleted, milliseconds: Asterisk waits 5 s for a lock of its own there.'),
  lookEveryMs: z.number().int().min(500).max(60_000).default(5_000).describe('How often we look whether a phone has left a box, when no event told us, milliseconds.'),
});

export const ariConfig = z.strictObject({
  url: z.url({ protocol: /^https?$/ }).describe('Where Asterisk\'s HTTP server stands, `http://10.1.2.10:8088` (http.conf). Without https only over a network that nobody else can listen to.'),
  username: z.string().regex(/^[\w.@-]+$/).describe('Section of ari.conf; `read_only = yes` is enough and safer.'),
  passwordEnv: z.string().regex(/^[A-Z][A-Z0-9_]*$/, 'is no name of an environment variable').describe('Environment variable that holds the password.'),
  caFile: z.string().min(1).optional().describe('Certificate authority (PEM) that signed the server\'s certificate, when it is not a public one.'),
  requestMs: z.number().int().min(100).max(120_000).default(10_000).describe('One request, milliseconds.'),
  audioMs: z.number().int().min(1_000).max(600_000).default(60_000).describe('The audio of one message, milliseconds.'),
});

export type VoicemailConfig = z.output<typeof voicemailConfig>;
export type AriConfig = z.output<typeof ariConfig>;
