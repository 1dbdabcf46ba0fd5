import { createLabClock, type TurnableClock } from '../../lab/clock.ts';
import { createMemoryMailStore, createMemoryVoicemail, type MemoryMail, type MemoryMailStore, type MemoryVoicemail } from '../../server/connectors/memory/index.ts';
import { defaultTimes, runEffect, type EffectName, type VoicemailDeps } from '../../server/features/voicemail/deps.ts';
import type { BoxState, VoicemailJournal } from '../../server/features/voicemail/journal.ts';
import type { Pair } from '../../server/features/voicemail/rules/pair.ts';
import { voicemailSettings } from '../../contract/voicemail/settings.ts';
import type { VoicemailPolicy } from '../../server/features/voicemail/rules/policy.ts';
import { syncBox, type RoundResult } from '../../server/features/voicemail/round/round.ts';
import type { MailNotifier } from '../../server/ports/mail-notifier.ts';
import type { MailCapabilities, MailStore } from '../../server/ports/mail-store.ts';
import { silent } from '../../server/ports/log.ts';
import type { VoicemailCapabilities, VoicemailStore } from '../../server/ports/voicemail-store.ts';
import { createLagKeeper } from '../../server/sync/lag.ts';
import { createMemoryJournal, newBox, type MemoryJournal } from './memory-journal.ts';

/** The engine between the reference phone system and the reference mail system, on a clock that stands still. */

export const start = Date.parse('2026-11-21T09:52:00Z');
export const anns = '1001@default';
export const bobs = '1002@default';
export const mailboxId = 'mailbox-ann';
/** What all their mails share. */
export const mailFrame = { fromAddress: 'voicemail@contoso.test', pageBase: 'https://tieline.test/voicemail/' };

export interface VoicemailWorldOptions {
  policy?: Partial<VoicemailPolicy>;
  voicemailCan?: Partial<VoicemailCapabilities>;
  mailCan?: Partial<MailCapabilities>;
  /** Another mail system than the reference. */
  mailSystem?: { store: MailStore; mailbox: { instance: string; id: string } };
  /** Instead of the one in memory, with a way to put a box into it. */
  stored?: { journal: VoicemailJournal; tenantId: string; put(box: BoxState): Promise<void> };
  /** Something between the engine and its journal. */
  withJournal?: (journal: VoicemailJournal) => VoicemailJournal;
  /** Something between the engine and the phone system, such as a planted mistake. */
  throughVoicemail?: (port: VoicemailStore) => VoicemailStore;
  throughMail?: (port: MailStore) => MailStore;
  /** Sends where the mailbox is closed to us. */
  notifier?: MailNotifier;
}

export interface EngineWorld {
  readonly clock: TurnableClock;
  readonly pbx: MemoryVoicemail;
  readonly mail: MemoryMailStore;
  readonly memory: MemoryJournal;
  readonly deps: VoicemailDeps;
  policy: VoicemailPolicy;
  mailbox: { instance: string; id: string } | null;
  onEffect: (name: EffectName, run: () => Promise<unknown>) => Promise<unknown>;
  /** One round over Ann's box. */
  round(): Promise<RoundResult>;
  /** Rounds, each when the one before asks for it, until one has nothing more to do. */
  settle(): Promise<number>;
  /** The engine forgets what is not in the journal; its next round is a start-up. */
  restart(): void;
  pairs(): Promise<Pair[]>;
  readonly tenantId: string;
  /** Lines written to the trail so far. */
  trailLength(): number;
  /** Ann's living mails. */
  mails(): MemoryMail[];
  stop(): void;
}

/** Over all worlds of this process: some share a mailbox. */
let made = 0;

export function createEngineWorld({ policy = {}, voicemailCan = {}, mailCan = {}, mailSystem, stored, withJournal = (plain) => plain, throughVoicemail = (port) => port, throughMail = (port) => port, notifier }: VoicemailWorldOptions = {}): EngineWorld {
  const clock = createLabClock({ startAt: start, paused: true });
  const pbx = createMemoryVoicemail({ instance: 'pbx', clock, capabilities: voicemailCan });
  const mail = createMemoryMailStore({ instance: 'm365', clock, capabilities: mailCan, mailboxes: [{ id: mailboxId, addresses: ['ann@contoso.test'], displayName: 'Ann' }], wake: { mark: async () => undefined } });
  pbx.boxes.add(anns, { name: 'Ann Alder', address: 'ann@contoso.test' });
  pbx.boxes.add(bobs, { name: 'Bob Birch', address: 'bob@contoso.test' });
  const memory = createMemoryJournal();
  const tenantId = stored?.tenantId ?? 'default';
  let lines = 0;
  const plain = stored?.journal ?? memory;
  const kept = withJournal({ ...plain, save: async (state, pairs, more, sounds) => {
    const version = await plain.save(state, pairs, more, sounds);
    lines += more.length;
    return version;
  } });
  const ready = (async () => {
    const boxes = [newBox({ tenantId, instance: 'pbx', box: anns, personId: 'ann' }), newBox({ tenantId, instance: 'pbx', box: bobs, personId: 'bob' })];
    for (const box of boxes) await (stored ? stored.put(box) : memory.put(box));
  })();
  const voicemail = throughVoicemail(pbx.port);
  const store = mailSystem?.store ?? throughMail(mail.port);
  const sends = notifier === undefined ? null : { port: notifier, to: { name: 'Ann Alder', address: 'ann@contoso.test' } };
  let isStartUp = true;
  const lost = new Map<string, number>();
  const deps: VoicemailDeps = {
    clock, log: silent, journal: kept, voicemails: [voicemail], mails: [store], lag: createLagKeeper(), times: defaultTimes, messageDomain: 'tieline.test',
    policyOf: async () => world.policy, mailboxOf: async () => world.mailbox, notifierOf: async () => sends, colleague: async () => null, newId: () => `pair-${process.pid}-${++made}`,
    compose: ({ call }) => ({ from: { name: call.name, address: 'voicemail@contoso.test' }, subject: `Voicemail from ${call.name}`, text: call.name, html: '' }),
    effect: (name, run) => world.onEffect(name, run) as ReturnType<typeof run>,
  };

  async function round(): Promise<RoundResult> {
    await ready;
    const loaded = await kept.load(tenantId, 'pbx', anns);
    if (!loaded) throw new Error('no such box');
    const result = await syncBox(deps, { tenantId, personId: 'ann', voicemail, mail: world.mailbox && { store, mailbox: { ...world.mailbox, folder: world.policy.folder } }, notifier: sends, policy: world.policy, lost }, loaded, isStartUp);
    if (result.sawAll) isStartUp = false;
    return result;
  }

  const world: EngineWorld = {
    clock, pbx, mail, memory, deps, policy: { ...voicemailSettings.standard, ...policy }, mailbox: mailSystem?.mailbox ?? { instance: 'm365', id: mailboxId }, onEffect: runEffect, round,
    async settle() {
      let effects = 0;
      for (let left = 20; left > 0; left--) {
        const result = await round();
        effects += result.effects;
        if (result.failure) throw result.failure;
        if (result.againAt === null || result.againAt > clock.now() + 10 * 60_000) return effects;
        clock.set(Math.max(clock.now(), result.againAt));
      }
      throw new Error('it never settles');
    },
    restart() {
      isStartUp = true;
    },
    tenantId, trailLength: () => lines, pairs: async () => (await kept.load(tenantId, 'pbx', anns))?.pairs ?? [],
    mails: () => (world.mailbox && !mailSystem ? mail.mailboxes.mails(world.mailbox.id) : []),
    stop: () => clock.stop(),
  };
  return world;
}
