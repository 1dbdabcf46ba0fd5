import type { AvailabilityView } from '../../../contract/availability.ts';
import type { AvailabilityDeps } from './deps.ts';
import { findPersonState } from './rows.ts';
import { arePhonesBusy } from './target-rows.ts';

const iso = (instant: number): string => new Date(instant).toISOString();

/** A person's state as `viewer` may see it, null for nobody: which event it comes from is for the person alone. */
export async function viewOf(deps: AvailabilityDeps, tenantId: string, personId: string, viewer: string): Promise<AvailabilityView | null> {
  const { db } = deps.store;
  const [standing, lines, mailbox, policy, name] = await Promise.all([
    findPersonState(db, tenantId, personId), deps.people.linesOf(tenantId, personId), deps.people.mailboxOf(tenantId, personId), deps.policyOf(tenantId, personId), deps.people.nameOf(tenantId, personId),
  ]);
  if (name === null) return null;
  const phones = await Promise.all(lines.map((line) => arePhonesBusy(db, tenantId, line.pbx, line.devices)));
  const known = phones.filter((each) => each !== null);
  const missing: AvailabilityView['missing'] = [];
  if (!mailbox) missing.push('mailbox');
  if (lines.length === 0) missing.push('line');
  if (!policy.followsCalendar) missing.push('switched-off');
  return {
    personId,
    name,
    state: standing?.state ?? { availability: 'available', face: 'available', title: null },
    why: { source: standing?.why.source ?? 'default', rule: standing?.why.rule ?? 'nothing-else', eventId: viewer === personId ? (standing?.why.eventId ?? null) : null },
    since: iso(standing?.since ?? deps.clock.now()),
    until: standing?.until == null ? null : iso(standing.until),
    next: standing?.next ?? null,
    onThePhone: known.length === 0 ? null : known.includes(true),
    followsCalendar: policy.followsCalendar && mailbox !== null,
    missing,
    asOf: iso(deps.clock.now()),
  };
}
