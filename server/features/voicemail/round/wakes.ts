import type { VoicemailEvent, VoicemailStore } from '../../../ports/voicemail-store.ts';
import type { Queries } from '../../../store/schema.ts';
import { putWork } from '../../../store/work.ts';
import { spread } from '../../../sync/pace.ts';
import type { VoicemailDeps } from '../deps.ts';
import { ownerOfBox, ownersOfMailbox, ownersOnSystem, peopleWithBoxes } from '../rows.ts';

/** Of a crowd so many begin each second: 1,000 people in ten seconds, and what a person does meanwhile comes first. */
const crowdPerSecond = 100;

/** How everything that may have changed becomes work: one row per person, due now when something was told, later for a crowd. */
export interface Wakes {
  person(tenantId: string, ...personIds: string[]): Promise<void>;
  crowd(tenantId: string, personIds: readonly string[]): Promise<void>;
  everybody(tenantId: string): Promise<void>;
  mailbox(tenantId: string, key: string): Promise<void>;
  boxes(tenantId: string): Promise<void>;
  event(tenantId: string, store: VoicemailStore, event: VoicemailEvent): Promise<void>;
}

export function createWakes({ clock, journal, voicemails }: Pick<VoicemailDeps, 'clock' | 'journal' | 'voicemails'>, db: Queries): Wakes {
  async function person(tenantId: string, ...personIds: string[]): Promise<void> {
    await putWork(db, ...personIds.map((key) => ({ tenantId, kind: 'voicemail.sync', key, dueAt: clock.now() })));
  }

  async function crowd(tenantId: string, personIds: readonly string[]): Promise<void> {
    const due = spread(personIds, clock.now(), crowdPerSecond);
    // Whoever is due earlier stays so: a person's own event is not put off by the crowd.
    for (let from = 0; from < due.length; from += 1_000) {
      await putWork(db, ...due.slice(from, from + 1_000).map(({ item, at }) => ({ tenantId, kind: 'voicemail.sync', key: item, dueAt: at, unlessEarlier: true })));
    }
  }

  async function lookAtBoxes(tenantId: string, ...instances: string[]): Promise<void> {
    await putWork(db, ...instances.map((key) => ({ tenantId, kind: 'voicemail.boxes', key, dueAt: clock.now() })));
  }

  return {
    person,
    crowd,
    everybody: async (tenantId) => crowd(tenantId, await peopleWithBoxes(db, tenantId)),
    async mailbox(tenantId, key) {
      const slash = key.indexOf('/');
      await person(tenantId, ...(await ownersOfMailbox(db, tenantId, key.slice(0, slash), key.slice(slash + 1))));
    },
    boxes: (tenantId) => lookAtBoxes(tenantId, ...voicemails.map(({ instance }) => instance)),
    async event(tenantId, { instance }, event) {
      if (event.type === 'resync') {
        await lookAtBoxes(tenantId, instance);
        return crowd(tenantId, await ownersOnSystem(db, tenantId, instance));
      }
      if (event.type !== 'changed') await journal.phoneSeen(tenantId, instance, event.box, event.at);
      if (event.type === 'taken') return;
      const owner = await ownerOfBox(db, tenantId, instance, event.box);
      if (owner === null) await lookAtBoxes(tenantId, instance);
      else await person(tenantId, owner);
    },
  };
}
