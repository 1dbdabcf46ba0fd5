import { UserError } from '../../../domain/errors.ts';
import type { MailboxRef } from '../../../domain/calendar.ts';
import type { OwnedLine, PersonPolicy } from '../deps.ts';
import type { AvailabilityAdminDeps } from './deps.ts';

/** Somebody by our id, or by an address that is known here. @throws UserError 404 */
export async function whoIs(deps: AvailabilityAdminDeps, tenantId: string, named: string): Promise<{ personId: string; name: string }> {
  const personId = named.includes('@') ? await deps.people.knownByAddress(tenantId, named) : named;
  const name = personId === null ? null : await deps.people.nameOf(tenantId, personId);
  if (personId !== null && name !== null) return { personId, name };
  throw new UserError(404, { code: 'person-unknown', field: 'person', message: `Nobody here is known by ${named}.`, remedy: 'Choose somebody from the list of people; whoever has a line or has signed in is in it.' });
}

/** Why somebody's calendar does not reach a phone. */
export function missingOf({ mailbox, lines, policy }: { mailbox: MailboxRef | null; lines: readonly OwnedLine[]; policy: PersonPolicy }): ('mailbox' | 'line' | 'switched-off')[] {
  return [...(mailbox ? [] : ['mailbox' as const]), ...(lines.length > 0 ? [] : ['line' as const]), ...(policy.followsCalendar ? [] : ['switched-off' as const])];
}
