import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { createLabClock, type TurnableClock } from '../../lab/clock.ts';
import { createMemoryMailStore, createMemoryVoicemail, type MemoryMailStore, type MemoryVoicemail } from '../../server/connectors/memory/index.ts';
import { composeMail, createJournal, createVoicemailFeature, defaultTimes, runEffect, type VoicemailDeps, type VoicemailFeature } from '../../server/features/voicemail/index.ts';
import { voicemailSettings } from '../../contract/voicemail/settings.ts';
import { silent } from '../../server/ports/log.ts';
import type { Store } from '../../server/store/connect.ts';
import { createWake } from '../../server/store/wake.ts';
import type { Worker } from '../../server/store/hands.ts';
import { createWorker } from '../../server/store/worker.ts';
import { createLagKeeper } from '../../server/sync/lag.ts';
import { anns, bobs, mailboxId, mailFrame, start } from './voicemail-world.ts';

const tenantId = 'default';

export interface VoicemailServer {
  clock: TurnableClock;
  pbx: MemoryVoicemail;
  mail: MemoryMailStore;
  /** The processes that run, in the order of their start. */
  running: { feature: VoicemailFeature; worker: Worker }[];
  /** One process more. Ann owns her box; nobody owns Bob's, unless `owners` says so. */
  serve(more?: Partial<VoicemailDeps>, owners?: Map<string, string>): Promise<VoicemailFeature>;
  /** Until nothing is due in any process. Events become work without anybody waiting for it, so the end is what is asked for. */
  until(what: string, holds: () => boolean | Promise<boolean>): Promise<void>;
  /** Ann's box was looked at once. */
  ready(): Promise<void>;
  /** What lies in Ann's mailbox. */
  mails(): ReturnType<MemoryMailStore['mailboxes']['mails']>;
  stop(): Promise<void>;
}

/** The voicemail feature as the server runs it: a real store, emptied before, with a phone system and a mail system in memory. */
export async function voicemailServer(store: Store): Promise<VoicemailServer> {
  for (const table of ['work', 'voicemail_pair', 'voicemail_box'] as const) await store.db.deleteFrom(table).execute();
  const clock = createLabClock({ startAt: start, paused: true });
  const pbx = createMemoryVoicemail({ instance: 'pbx', clock });
  const mail = createMemoryMailStore({ instance: 'm365', clock, wake: createWake(store, tenantId, clock), mailboxes: [{ id: mailboxId, addresses: ['ann@contoso.test'], displayName: 'Ann' }] });
  pbx.boxes.add(anns, { name: 'Ann Alder', address: 'ann@contoso.test' });
  pbx.boxes.add(bobs, { name: 'Bob Birch' });
  const running: { feature: VoicemailFeature; worker: Worker; stop: () => Promise<void> }[] = [];

  async function serve(more: Partial<VoicemailDeps> = {}, owners = new Map([[anns, 'ann']])): Promise<VoicemailFeature> {
    const deps: VoicemailDeps = {
      clock, log: silent, journal: createJournal(store, () => undefined), voicemails: [pbx.port], mails: [mail.port], lag: createLagKeeper(), times: defaultTimes, messageDomain: 'tieline.test', newId: randomUUID,
      policyOf: async () => voicemailSettings.standard, mailboxOf: async (_tenant, personId) => (personId === 'ann' ? { instance: 'm365', id: mailboxId } : null), notifierOf: async () => null, colleague: async () => null,
      compose: (pair, policy, missing, noticeFor) => composeMail(pair, policy, mailFrame, missing, noticeFor), effect: runEffect, ...more,
    };
    const feature = createVoicemailFeature(deps, store, { ownersOf: async () => owners });
    const worker = createWorker({ store, clock, log: silent, handlers: feature.workHandlers });
    const forget = feature.listen(tenantId);
    running.push({ feature, worker, stop: async () => {
      forget();
      await worker.stop();
    } });
    await feature.resume(tenantId);
    worker.start();
    return feature;
  }

  async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
    for (let left = 400; left > 0; left--) {
      for (const { worker } of running) await worker.idle();
      if (await holds()) return;
      clock.advance(100);
      await new Promise((resolve) => setImmediate(resolve));
    }
    assert.fail(`never happened: ${what}`);
  }

  return {
    clock, pbx, mail, running, serve, until,
    ready: () => until('the box was looked at', async () => (await createJournal(store, () => undefined).load(tenantId, 'pbx', anns))?.state.cutOverAt !== null),
    mails: () => mail.mailboxes.mails(mailboxId),
    async stop() {
      for (const each of running) await each.stop();
      clock.stop();
    },
  };
}
