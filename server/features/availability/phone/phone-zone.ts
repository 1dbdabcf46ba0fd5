import type { PresenceTarget } from '../../../ports/presence-target.ts';
import type { PersonPolicy } from '../deps.ts';
import type { PersonState } from '../rows.ts';

/**
 * The zone of times that somebody's phone on this phone system shows, and that its callers hear (IANA): the one that was set, else that of their mailbox, else the phone system's own, else UTC.
 * A display has no reader of its own; whoever stands before it mostly lives where its owner does.
 */
export function phoneZone(known: Pick<PersonState, 'zone'> | null, { phoneTimeZone }: Pick<PersonPolicy, 'phoneTimeZone'>, pbx: string, targets: readonly PresenceTarget[]): string {
  return phoneTimeZone || known?.zone || targets.find(({ instance }) => instance === pbx)?.timeZone || 'UTC';
}
