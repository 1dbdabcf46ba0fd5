import { OurError, TheirError } from '../../domain/errors.ts';
import type { CallControl } from '../../ports/call-control.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Gap } from '../../ports/connector.ts';
import type { Log } from '../../ports/log.ts';
import type { VoicemailStore } from '../../ports/voicemail-store.ts';
import type { CallControlConfig } from './call-control-config.ts';
import { createLedger } from './call-control/ledger.ts';
import { createRightToRing } from './call-control/right.ts';
import { farOutcome, ownOutcome, ownStatus, playedOutcome } from './call-control/outcomes.ts';
import { type AmiPacket, header } from './client/ami/packet.ts';
import type { Hub } from './hub.ts';

export interface AsteriskCallControl {
  readonly port: CallControl;
  gaps(): Gap[];
  /** Names for /readyz of what works. */
  works(): string[];
  stop(): void;
}

export interface CallControlOptions {
  instance: string;
  config: CallControlConfig;
  clock: Clock;
  log: Log;
  hub: Hub;
  /** Null where voicemail is not configured: then no message can be played. */
  voicemail: VoicemailStore | null;
  /** Of the manager, for the words of a gap. */
  username: string;
  /** What works has changed. */
  onChange(): void;
}

/** Asterisk tells the outcome when ringing ends; after this much more time nobody will, ms. */
const graceMs = 15_000;
/** Between the event that a call failed and the one that says why, ms; events of one call come within milliseconds (tried). */
const causeMs = 500;
/** Longest talk that we follow, ms. */
const longestTalkMs = 12 * 60 * 60_000;

const keyPattern = /^[a-z0-9-]{1,64}$/;
/** ChannelId makes the leg's Uniqueid ours (tried); other calls of ours begin with `tieline-`. */
const idStart = 'tl-call-';

/** Rings phones by Originate. What becomes of a call is read from events of its own Uniqueid alone. */
export function createCallControl({ instance, config, clock, log, hub, voicemail, username, onChange }: CallControlOptions): AsteriskCallControl {
  const right = createRightToRing({ hub, clock, log, username, onChange });
  const ledger = createLedger(clock);
  /** Keys by the id of the action that began their call, for Asterisk's word about the first leg. */
  const byAction = new Map<string, string>();
  const early = new Map<string, AmiPacket>();

  function channelOf(phone: string): string {
    if (!/^[\w-]{1,40}$/.test(phone)) throw new TheirError(instance, 'refused', 'this phone cannot be called');
    return config.channel.replaceAll('{extension}', phone);
  }

  async function begin(key: string, kind: 'call' | 'message', box: string, phone: string, fields: Record<string, string>): Promise<void> {
    if (!keyPattern.test(key)) throw new OurError('a call with a strange key');
    const channel = channelOf(phone);
    if (!ledger.begin(key, kind, box, config.ringMs + graceMs)) return;
    try {
      const reply = await hub.call('Originate', { Channel: channel, Priority: '1', Timeout: String(config.ringMs), Async: 'true', ChannelId: idStart + key, ...fields });
      if (!reply.isSuccess) {
        throw new TheirError(instance, 'refused', `Originate failed: ${reply.message}`, { remedy: 'See callControl.context and callControl.playContext of this PBX, and that its dialplan includes pbx/asterisk/voicemail.conf.' });
      }
      const action = header(reply.head, 'ActionID');
      byAction.set(action, key);
      const known = early.get(action);
      if (known) answered(key, known);
    } catch (error) {
      // After a lost answer the phone may ring all the same: the call stays known, and is not repeated.
      if (!(error instanceof TheirError && error.fault === 'no-answer')) ledger.forget(key);
      throw error;
    }
  }

  /** Asterisk's word about the first leg, one's own phone. */
  function answered(key: string, packet: AmiPacket): void {
    if (header(packet, 'Response') === 'Success') {
      ledger.advance(key, 'answered');
      ledger.stayPatient(key, longestTalkMs);
      return;
    }
    if (header(packet, 'Reason') === '3') return ledger.end(key, 'no-answer');
    // No leg at all means that the phone is not registered; where there was one, its hang-up says why and comes first, or in a moment.
    clock.at(clock.now() + causeMs, () => ledger.end(key, 'unreachable'));
  }

  function hungUp(key: string, cause: number): void {
    const entry = ledger.get(key);
    if (!entry) return;
    const { phase, kind } = entry.progress;
    if (phase === 'ringing') return ledger.end(key, entry.own ?? ownOutcome(cause));
    // Of a phone that is not registered nothing is told but that the call ends, and that it was not I who ended it (tried).
    if (kind === 'call') return ledger.end(key, phase === 'connected' ? 'done' : (entry.far ?? (entry.isMine ? 'interrupted' : 'far-unreachable')));
    // What tieline-play tells comes about now; without the class `user` in read it never comes.
    const settle = (): void => {
      ledger.end(key, entry.played ?? 'unknown');
      settleBox(entry.box);
    };
    if (entry.played === null) clock.at(clock.now() + causeMs, settle);
    else settle();
  }

  /** VoiceMailPlayMsg tells no phone that a message was heard (tried). What fails here is mended by the next comparison of lamps. */
  function settleBox(box: string): void {
    voicemail?.refreshLamp(box).catch((error: unknown) => log.warn({ box, error }, 'the message light could not be refreshed after a message was played'));
  }

  function hear(packet: AmiPacket): void {
    if (packet.name === 'OriginateResponse') {
      const action = header(packet, 'ActionID');
      const key = byAction.get(action);
      byAction.delete(action);
      if (key !== undefined) return answered(key, packet);
      early.set(action, packet);
      for (const old of [...early.keys()].slice(0, -50)) early.delete(old);
      return;
    }
    if (packet.name === 'UserEvent' && header(packet, 'UserEvent') === 'TielinePlayed') {
      const entry = ledger.get(keyOf(header(packet, 'Call')));
      if (entry) entry.played = playedOutcome(header(packet, 'Status'));
      return;
    }
    const called = packet.name === 'DialEnd' ? ledger.get(keyOf(header(packet, 'DestUniqueid'))) : undefined;
    if (called) called.own = ownStatus(header(packet, 'DialStatus'));
    const key = keyOf(header(packet, 'Uniqueid'));
    const entry = key === '' ? undefined : ledger.get(key);
    if (!entry) return;
    if (packet.name === 'HangupRequest') entry.isMine = true;
    if (packet.name === 'Hangup') hungUp(key, Number(header(packet, 'Cause')));
    if (packet.name === 'Newstate' && header(packet, 'ChannelState') === '6') ledger.advance(key, 'answered');
    if (packet.name !== 'DialEnd' || entry.progress.kind !== 'call') return;
    const status = header(packet, 'DialStatus');
    if (status === 'ANSWER') ledger.advance(key, 'connected');
    else entry.far = farOutcome(status);
  }

  hub.onEvent(hear);
  hub.onResync(() => {
    // A restart ends calls without a word; an interruption of the connection hides how they went on.
    for (const key of ledger.open()) ledger.end(key, 'unknown');
    byAction.clear();
  });

  function dialled(number: string): string {
    if (!/^\+?[\d*#]{1,40}$/.test(number)) throw new TheirError(instance, 'refused', 'this is no number that can be dialled');
    return number.replace(/^\+/, config.plus);
  }

  const port: CallControl = {
    instance,
    capabilities: {
      get call() {
        return right.mayRing();
      },
      get playMessage() {
        return voicemail !== null && right.mayRing();
      },
    },
    async call({ key, phone, number }) {
      await begin(key, 'call', '', phone, { Context: config.context, Exten: dialled(number) });
    },
    async playMessage({ key, phone, box, id }) {
      if (!voicemail) throw new TheirError(instance, 'refused', 'voicemail is not configured for this PBX');
      if (ledger.get(key)) return;
      // Of known form from here on: both stand in the list that the phone system gave.
      if (!(await voicemail.messages(box)).some((message) => message.id === id && message.state !== 'deleted')) throw new TheirError(instance, 'gone', 'this message is not there');
      if (await voicemail.isTaken(box)) throw new TheirError(instance, 'busy', `a phone has the box ${box}`);
      await begin(key, 'message', box, phone, { Context: config.playContext, Exten: 's', CallerID: `"Voicemail" <${config.playCaller}>`, Variable: `VMBOX=${box},VMID=${id}` });
    },
    async hangUp(key) {
      const entry = ledger.get(key);
      if (!entry || entry.progress.phase === 'ended') return;
      entry.isMine = true;
      const reply = await hub.call('Hangup', { Channel: idStart + key, Cause: '16' });
      if (!reply.isSuccess && !reply.message.startsWith('No such channel')) throw new TheirError(instance, 'refused', `Hangup failed: ${reply.message}`);
    },
    progress: (key) => ledger.get(key)?.progress ?? null,
    onProgress: ledger.onProgress,
  };

  return {
    port,
    gaps: () => right.gaps(),
    works: () => (right.mayRing() ? ['callControl'] : []),
    stop() {
      right.stop();
      ledger.stop();
    },
  };
}

/** The key of a leg that we began; '' for everybody else's. */
function keyOf(uniqueId: string): string {
  return uniqueId.startsWith(idStart) ? uniqueId.slice(idStart.length) : '';
}
