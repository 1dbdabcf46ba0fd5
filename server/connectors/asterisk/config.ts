import { z } from 'zod';
import { ianaZone } from '../../domain/zones.ts';
import { callControlConfig } from './call-control-config.ts';
import { dialOutConfig } from './dial-out-config.ts';
import { greetingsConfig } from './greetings-config.ts';
import { promptsConfig } from './prompts-config.ts';
import { ariConfig, voicemailConfig } from './voicemail-config.ts';

const port = z.number().int().min(1).max(65_535);

/** An address or a network, "10.1.2.3" or "10.1.2.0/24" or "fd00::/8". Checked again, fully, when the listener is made. */
const network = z.string().regex(/^[0-9a-fA-F:.]+(\/\d{1,3})?$/, 'is no IP address or CIDR network');

const manager = z.strictObject({
  host: z.string().min(1).describe('Name or address of the PBX.'),
  port: port.default(5038).describe('Port of the manager (manager.conf, [general], port).'),
  username: z.string().regex(/^[\w.@-]+$/).describe('Section of manager.conf. Needs read = call,system and write = call,reporting; with voicemail also user in both.'),
  secretEnv: z.string().regex(/^[A-Z][A-Z0-9_]*$/, 'is no name of an environment variable').describe('Environment variable that holds the secret.'),
  tls: z
    .strictObject({
      caFile: z.string().min(1).optional().describe('Certificate authority (PEM) that signed the manager\'s certificate, when it is not a public one.'),
      serverName: z.string().min(1).optional().describe('Name in the certificate, when it is not the host.'),
    })
    .optional()
    .describe('Encrypt the connection (manager.conf, tlsenable). Without it, use only over a network that nobody else can listen to.'),
});

const agi = z.strictObject({
  host: z.string().min(1).default('127.0.0.1').describe('Address on which we listen for the dialplan\'s questions.'),
  port: z.number().int().min(0).max(65_535).default(4573).describe('Port on which we listen; 0 takes a free one.'),
  allow: z.array(network).min(1).default(['127.0.0.1', '::1']).describe('Only these addresses may ask: the PBXs. FastAGI has no password.'),
});

const deadlines = z.strictObject({
  connectMs: z.number().int().min(100).max(120_000).default(10_000).describe('Connecting to the manager, milliseconds.'),
  actionMs: z.number().int().min(100).max(120_000).default(5_000).describe('One manager action, milliseconds.'),
  pingEveryMs: z.number().int().min(1_000).max(600_000).default(15_000).describe('How often we ask whether the manager is still there, milliseconds.'),
  bootMs: z.number().int().min(0).max(600_000).default(30_000).describe('How long Asterisk may take to load its modules after it lets us in, milliseconds.'),
  confirmMs: z.number().int().min(100).max(120_000).default(5_000).describe('Until mute, kick or lock must show in a fresh list, milliseconds.'),
  closeMs: z.number().int().min(1_000).max(300_000).default(20_000).describe('Until a closed room must be empty: everybody hears that they were removed, milliseconds.'),
  admissionMs: z.number().int().min(100).max(60_000).default(5_000).describe('Our own decision about a caller, milliseconds.'),
  stepMs: z.number().int().min(1_000).max(300_000).default(60_000).describe('One prompt or one entry of digits, milliseconds.'),
  entryMs: z.number().int().min(1_000).max(60_000).default(10_000).describe('Silence after which an entry of digits counts as complete, milliseconds.'),
  callMs: z.number().int().min(60_000).max(7 * 86_400_000).default(86_400_000).describe('Longest stay in a conference, milliseconds.'),
});

/** One Asterisk. The same connector serves all its features over one pair of manager connections. */
export const asteriskConfig = z.strictObject({
  type: z.literal('asterisk'),
  instance: z.string().regex(/^[a-z][a-z0-9-]{0,30}$/, 'must be a short lower-case name').describe('Our name for this PBX. Never change it: rows carry it.'),
  ami: manager.describe('The manager interface: how we steer the PBX and hear of it.'),
  agi: agi.prefault({}).describe('FastAGI: where the dialplan asks us who may come in.'),
  dialIn: z
    .array(z.strictObject({
      country: z.string().regex(/^[A-Z]{2}$/, 'must be a two-letter country code'),
      number: z.string().regex(/^\+[1-9]\d{1,14}$/, 'must be an E.164 number, for example +442079460400'),
    }))
    .default([])
    .describe('Telephone numbers that lead to the dial-in, by country, best first. They stand in the invites.'),
  dialOut: dialOutConfig.optional().describe('Calling people into a conference. Without it nobody is called. The manager user then needs "originate" in write.'),
  timeZone: z.string().refine((name) => ianaZone(name) !== null, 'is no time zone, such as "Europe/Berlin"').optional().describe('Zone in which the people on this PBX live (IANA). Times in voicemail mails, on displays and in greetings are in it where neither the mailbox nor a setting names one.'),
  voicemail: voicemailConfig.optional().describe('Voicemail of this PBX. Without it its boxes are left alone. The manager user then needs "user" in read and write.'),
  callControl: callControlConfig.optional().describe('Calling from Outlook: one\'s own phone rings first. Also plays messages on it. The manager user then needs "originate" in write.'),
  ari: ariConfig.optional().describe('Asterisk\'s REST interface: the sound of voicemail comes from there.'),
  profiles: z
    .strictObject({
      user: z.string().regex(/^[\w-]+$/).optional(),
      bridge: z.string().regex(/^[\w-]+$/).optional(),
    })
    .prefault({})
    .describe('Profiles of confbridge.conf to begin from (music, announcements, recording).'),
  greetings: greetingsConfig.optional().describe('Greetings by the owner\'s state, before a voicemail box takes the call. Without it everybody\'s own recording plays.'),
  prompts: promptsConfig.prefault({}).describe('Sound files, by what they say.'),
  deadlines: deadlines.prefault({}).describe('How long we wait for what.'),
});

export type AsteriskConfig = z.output<typeof asteriskConfig>;
export type AsteriskConfigInput = z.input<typeof asteriskConfig>;
