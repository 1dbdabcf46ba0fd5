import type { VoicemailBox, VoicemailStore } from '../../ports/voicemail-store.ts';
import type { Queries } from '../../store/schema.ts';
import type { VoicemailDeps } from './deps.ts';
import { countsOnSystem, putBoxes } from './rows.ts';

/** Whoever keeps the phone lines. */
export interface BoxOwners {
  /** Shows them the boxes of a phone system and hears whose they are, by box. One that is not told is nobody's. */
  ownersOf(tenantId: string, instance: string, boxes: readonly VoicemailBox[]): Promise<ReadonlyMap<string, string>>;
}

/**
 * With one question to the phone system: its boxes, whose they are, and in whose something changed that nobody told us. `changed`: those people; `freed`: whose
 * box is left alone from now on, or not any more. Throws TheirError.
 */
export async function lookAtBoxes(deps: Pick<VoicemailDeps, 'clock' | 'log'>, db: Queries, owners: BoxOwners, store: VoicemailStore, tenantId: string): Promise<{ changed: string[]; freed: string[] }> {
  const lookedAt = deps.clock.now();
  const boxes = await store.boxes();
  const owned = await owners.ownersOf(tenantId, store.instance, boxes);
  const known = await countsOnSystem(db, tenantId, store.instance);
  const woken = new Set<string>();
  const freed = new Set<string>();
  const news = new Map<string, Parameters<typeof putBoxes>[1][number]>();
  for (const each of boxes) {
    const before = known.get(each.box);
    const personId = owned.get(each.box) ?? null;
    const handsOff = each.deletesByItself ? 'deletes-by-itself' : each.mailsByItself ? 'mails-by-itself' : null;
    const isNew = before === undefined || before.personId !== personId || before.handsOff !== handsOff || before.isFull !== each.isFull || before.name !== each.name || before.address !== each.address;
    if (isNew) news.set(each.box, { tenantId, instance: store.instance, box: each.box, personId, name: each.name, address: each.address, isFull: each.isFull, handsOff, knownSince: lookedAt });
    if (personId !== null && handsOff !== (before?.handsOff ?? null)) freed.add(personId);
    if (handsOff !== null && before?.handsOff !== handsOff) deps.log.warn({ instance: store.instance, box: each.box, reason: handsOff }, 'a voicemail box is left alone until the phone system stops mailing or deleting by itself');
    if (personId !== null && handsOff === null && (isNew || before?.unheard !== each.unheard || before.heard !== each.heard)) woken.add(personId);
  }
  await putBoxes(db, [...news.values()]);
  return { changed: [...woken], freed: [...freed] };
}
