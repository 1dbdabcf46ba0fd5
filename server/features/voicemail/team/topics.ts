import type { Queries } from '../../../store/schema.ts';
import type { Pair } from '../rules/pair.ts';
import { membersOf } from './team-rows.ts';

/** Live topics of a box: its owner's voicemail, and what its members share (contract/live.ts). */
export function topicsOf(ownerId: string | null, memberIds: Iterable<string>): string[] {
  return [...(ownerId === null ? [] : [`voicemail:${ownerId}`]), ...Array.from(memberIds, (personId) => `team-voicemail:${personId}`)];
}

/** Everybody who may see a message is to look at it again. */
export async function topicsOfPair(db: Queries, { tenantId, personId, instance, box }: Pick<Pair, 'tenantId' | 'personId' | 'instance' | 'box'>): Promise<string[]> {
  return topicsOf(personId, (await membersOf(db, tenantId, instance, box)).map((member) => member.personId));
}
