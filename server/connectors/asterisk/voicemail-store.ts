import { TheirError } from '../../domain/errors.ts';
import { ianaZone } from '../../domain/zones.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Gap } from '../../ports/connector.ts';
import type { Log } from '../../ports/log.ts';
import type { VoicemailCapabilities, VoicemailEvent, VoicemailStore } from '../../ports/voicemail-store.ts';
import { header } from './client/ami/packet.ts';
import type { AsteriskConfig } from './config.ts';
import type { Hub } from './hub.ts';
import { missingAriPassword } from './remedies.ts';
import type { VoicemailConfig } from './voicemail-config.ts';
import { createAriAudio } from './voicemail/ari-audio.ts';
import { type AudioSource, fetchAudio } from './voicemail/audio.ts';
import { createHolders } from './voicemail/holders.ts';
import { createLamps } from './voicemail/lamps.ts';
import { createLists } from './voicemail/lists.ts';
import { createReadiness } from './voicemail/readiness.ts';
import { toMessages } from './voicemail/rows.ts';
import { createSharedSpool } from './voicemail/shared-spool.ts';
import { createWrites } from './voicemail/writes.ts';

export interface AsteriskVoicemail {
  readonly port: VoicemailStore;
  gaps(): Gap[];
  /** Names for /readyz of what works. */
  works(): string[];
  stop(): void;
}

export interface VoicemailStoreOptions {
  config: AsteriskConfig;
  voicemail: VoicemailConfig;
  /** Of ARI; empty when its variable is. */
  password: string;
  clock: Clock;
  log: Log;
  hub: Hub;
  /** What works has changed. */
  onChange(): void;
}

/** Asterisk's voicemail: lists and changes over the manager, sound over ARI or a shared spool. Every change is verified by a fresh list of the whole box. */
export function createVoicemailStore({ config, voicemail, password, clock, log, hub, onChange }: VoicemailStoreOptions): AsteriskVoicemail {
  const { instance, ami, ari } = config;
  const { trash } = voicemail;
  const watchers = new Set<(event: VoicemailEvent) => void>();
  /** Of boxes that name one (`tz`). */
  const zones = new Map<string, string>();
  const address = ari && { connector: instance, clock, url: ari.url, username: ari.username, password, caFile: ari.caFile };

  function tell(event: VoicemailEvent): void {
    for (const fn of watchers) fn(event);
  }

  const readiness = createReadiness({
    hub, clock, log, username: ami.username, ari: ari && address ? { address, requestMs: ari.requestMs } : null, hasSharedSpool: voicemail.sharedSpool !== undefined,
    passwordGap: ari && password === '' ? missingAriPassword(ari.passwordEnv) : null, prefix: voicemail.recordingPrefix, onChange,
  });
  const lists = createLists(hub, instance);
  const holders = createHolders({
    hub, instance, clock, log, lookEveryMs: voicemail.lookEveryMs,
    news: { taken: (box) => tell({ type: 'taken', box, at: clock.now() }), freed: (box) => tell({ type: 'freed', box, at: clock.now() }) },
  });
  const lamps = createLamps({ hub, instance, lists });
  const writes = createWrites({ hub, instance, log, lists, holders, trash, restoreMs: voicemail.restoreMs, onLoss: (box) => tell({ type: 'changed', box, at: clock.now() }) });

  const { purgedFrom, ...changes } = writes;

  function audioSource(): AudioSource | null {
    if (voicemail.sharedSpool !== undefined) return createSharedSpool(instance, voicemail.sharedSpool);
    return ari && address ? createAriAudio({ hub, address, spoolDirectory: voicemail.spoolDirectory, prefix: voicemail.recordingPrefix, audioMs: ari.audioMs, onLayout: readiness.layoutSeen }) : null;
  }
  const source = audioSource();

  hub.onEvent((packet) => {
    // There is no event per message: counts changed, so the box is worth a look (tried).
    const box = packet.name === 'MessageWaiting' ? header(packet, 'Mailbox') : '';
    if (box === '') return;
    lamps.heard(box, Number(header(packet, 'New')));
    tell({ type: 'changed', box, at: clock.now() });
  });
  hub.onResync(() => {
    lamps.forget();
    tell({ type: 'resync', at: clock.now() });
  });

  const capabilities: VoicemailCapabilities = {
    events: true,
    seesPhones: true,
    get markHeard() {
      return readiness.canMove();
    },
    get markUnheard() {
      return readiness.canMove();
    },
    get remove() {
      return trash === 'none' ? readiness.canRemove() : readiness.canMove();
    },
    get trash() {
      return trash !== 'none' && readiness.canMove();
    },
    get forward() {
      return readiness.canForward();
    },
    get audio() {
      return readiness.hasAudio();
    },
    get lamp() {
      return readiness.canRefresh();
    },
  };

  const port: VoicemailStore = {
    instance,
    capabilities,
    zoneOf: (box) => zones.get(box) ?? ianaZone(config.timeZone),
    async boxes() {
      const rows = await lists.boxes();
      zones.clear();
      for (const { box, zone } of rows) if (zone !== null) zones.set(box, zone);
      return rows.map(({ most: _most, zone: _zone, ...box }) => box);
    },
    messages: async (box) => toMessages(await lists.summary(box), trash, purgedFrom(box)),
    isTaken: (box) => holders.isTaken(box),
    ...changes,
    async audio(box, id) {
      if (!source && !(await lists.summary(box)).some((row) => row.id === id)) throw new TheirError(instance, 'gone', 'this message is not there');
      if (!source) throw new TheirError(instance, 'refused', 'there is no way to the sound of messages', { remedy: 'Configure ari, or voicemail.sharedSpool.' });
      return fetchAudio({ lists, source, instance }, box, id);
    },
    lamp: (box) => lamps.look(box),
    refreshLamp: (box) => lamps.refresh(box),
    onEvent(fn) {
      watchers.add(fn);
      return () => watchers.delete(fn);
    },
  };

  return {
    port,
    gaps: () => readiness.gaps(),
    works: () => [
      ...(readiness.canRead() ? ['voicemail'] : []), ...(readiness.canMove() ? ['voicemailChanges'] : []), ...(readiness.canForward() ? ['voicemailForward'] : []),
      ...(readiness.hasAudio() ? ['voicemailAudio'] : []), ...(readiness.canRefresh() ? ['messageLight'] : []),
    ],
    stop() {
      holders.stop();
      readiness.stop();
    },
  };
}
