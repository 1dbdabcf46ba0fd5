import type { VoicemailInTheWay } from '../../../contract/voicemail/voicemail.ts';
import type { BoxState } from './journal.ts';
import type { VoicemailDeps } from './deps.ts';
import type { VoicemailPolicy } from './rules/policy.ts';

type Box = Pick<BoxState, 'instance' | 'handsOff' | 'brake' | 'parked' | 'watchExpiresAt'>;

/** What a person is to know of their boxes, each once: with nothing in the way both sides are told of each other's changes. `now` epoch ms. */
export function inTheWayOf(boxes: readonly Box[], { mode }: Pick<VoicemailPolicy, 'mode'>, isAway: (instance: string) => boolean, now: number): VoicemailInTheWay[] {
  const found = new Set<VoicemailInTheWay>();
  for (const box of boxes) {
    if (box.handsOff !== null) {
      found.add('left-alone');
      continue;
    }
    if (isAway(box.instance)) found.add('phone-away');
    if (box.brake !== null) found.add('held-back');
    if (mode !== 'two-way' && mode !== 'one-way') continue;
    if (box.parked === 'mailbox-gone' || box.parked === 'mailbox-refused') found.add(box.parked);
    else if (box.watchExpiresAt !== null && box.watchExpiresAt <= now) found.add('not-watched');
  }
  return [...found];
}

/** Live topics (contract/live.ts): one person's boxes, and the phone systems, which are everybody's. */
export function inTheWayTopic(of: { personId: string } | 'all'): string {
  return `voicemail-in-the-way:${of === 'all' ? of : of.personId}`;
}

/** The same, read. */
export async function readInTheWay({ clock, isAway, journal, policyOf }: Pick<VoicemailDeps, 'clock' | 'isAway' | 'journal' | 'policyOf'>, tenantId: string, personId: string): Promise<VoicemailInTheWay[]> {
  const [boxes, policy] = await Promise.all([journal.boxesOf(tenantId, personId), policyOf(tenantId, personId)]);
  const away = new Set<string>();
  for (const instance of new Set(boxes.map((box) => box.instance))) if (await isAway?.(instance)) away.add(instance);
  return inTheWayOf(boxes, policy, (instance) => away.has(instance), clock.now());
}
