import type { VoicemailDeps } from '../deps.ts';
import type { Pair } from '../rules/pair.ts';
import type { VoicemailPolicy } from '../rules/policy.ts';

/**
 * The policy with the clock by which a mail to this owner is written. In this order: the zone of their mailbox, the one that was set (person, group, organisation), the one that the phone system
 * names for the box or for itself, UTC, which the mail says. The mailbox may be asked now, so this is for mails alone.
 */
export async function byMailClock({ voicemails, zoneOf }: Pick<VoicemailDeps, 'zoneOf'> & Partial<Pick<VoicemailDeps, 'voicemails'>>, { tenantId, personId, instance, box }: Pick<Pair, 'tenantId' | 'personId' | 'instance' | 'box'>, policy: VoicemailPolicy): Promise<VoicemailPolicy> {
  const mailboxZone = (await zoneOf?.(tenantId, personId)) ?? null;
  const named = mailboxZone ?? (policy.timeZone || voicemails?.find((each) => each.instance === instance)?.zoneOf?.(box));
  return { ...policy, timeZone: named || 'UTC' };
}
