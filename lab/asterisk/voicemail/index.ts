import type { Bus } from '../bus.ts';
import type { Channel, Party } from '../calls/channel.ts';
import type { DeviceStates } from '../states/device-states.ts';
import { record } from './audio/formats.ts';
import { type Box, boxName, type BoxSettings, readBoxName } from './boxes.ts';
import type { Files } from './files.ts';
import { messageName } from './folder.ts';
import { callerIdText, writeMessageFile } from './message-file.ts';
import { createSpool, type Spool } from './spool.ts';
import { createWaiting, type Waiting } from './waiting.ts';
import { createVoicemailWrites, type VoicemailWrites } from './writes.ts';

export interface VoicemailOptions {
  boxes?: readonly BoxSettings[];
  /** Where the files are; in memory by default. */
  files?: Files;
  /** `<astspooldir>/voicemail` as Asterisk itself names its files; AST_CONFIG reads below it. Default /var/spool/asterisk. */
  spoolDirectory?: string;
}

/** Somebody has spoken. */
export interface Recording {
  caller: Party;
  /** Rounded down, as Asterisk does. */
  seconds: number;
  urgent?: boolean;
  /** Where the dialplan stood, and the leg. */
  context?: string;
  extension?: string;
  channel?: Channel;
}

/** app_voicemail with its spool of files. */
export interface Voicemail {
  readonly spool: Spool;
  readonly waiting: Waiting;
  readonly writes: VoicemailWrites;
  readonly files: Files;
  readonly spoolDirectory: string;
  /** `201@default` or `201`. */
  box(name: string): Box | undefined;
  /** No room for one more. */
  isFull(box: Box): boolean;
  /** Stores a recording and tells. Returns its id and file name without ending, null when it is too short or there is no room. */
  store(box: Box, recording: Recording): { id: string; file: string } | null;
  /** A caller who leaves `seconds` of a message without the call being played: what a test or a figure wants. Throws without such a box or room. */
  leave(box: string, recording: Partial<Recording>): string;
  crash(): void;
}

export function createVoicemail({ bus, devices, now, options = {} }: { bus: Bus; devices: DeviceStates; now: () => number; options?: VoicemailOptions | undefined }, files: Files): Voicemail {
  const { boxes = [], spoolDirectory = '/var/spool/asterisk' } = options;
  const spool = createSpool(files, boxes, now);
  const waiting = createWaiting({ bus, devices, spool });
  const writes = createVoicemailWrites(spool, waiting);
  let seed = 0;

  function box(name: string): Box | undefined {
    const { mailbox, context } = readBoxName(name);
    return spool.box(mailbox, context);
  }

  function isFull(wanted: Box): boolean {
    return spool.folder(wanted, 'INBOX').count() >= wanted.maxMessages;
  }

  function store(wanted: Box, { caller, seconds, urgent = false, context = 'internal', extension = wanted.mailbox, channel }: Recording): { id: string; file: string } | null {
    if (seconds < wanted.minSeconds || isFull(wanted)) return null;
    const folder = spool.folder(wanted, urgent ? 'Urgent' : 'INBOX');
    const number = folder.lastNumber() + 1;
    const id = spool.newId();
    seed += 1;
    const { extension: ending, content } = record(wanted.format, seconds, seed);
    folder.put(number, writeMessageFile({
      mailbox: wanted.mailbox, context, extension, channel: channel?.name ?? 'Local/lab', callerId: callerIdText(caller), time: Math.floor(now() / 1000), id,
      flag: urgent ? 'Urgent' : '', duration: Math.floor(seconds),
    }), ending, content);
    waiting.tell(wanted, channel);
    return { id, file: `${spoolDirectory}/voicemail/${folder.path}/${messageName(number)}` };
  }

  waiting.registered();
  return {
    spool, waiting, writes, files, spoolDirectory, box, isFull, store,
    leave(name, { caller = { name: 'Dee Dove', number: '+15551230001' }, seconds = 4, ...more }) {
      const found = box(name);
      const stored = found && store(found, { caller, seconds, ...more });
      if (!found || !stored) throw new Error(`Nobody can leave a message in ${found ? boxName(found) : name}.`);
      return stored.id;
    },
    crash() {
      spool.crash();
      waiting.crash();
    },
  };
}
