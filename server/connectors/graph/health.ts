import type { TheirError } from '../../domain/errors.ts';
import type { ConnectorStatus, Gap } from '../../ports/connector.ts';
import { capabilityOf, remedyFor } from './rights.ts';
import type { Right, RightSeen } from './rights.ts';

/** Everything that the state of the connector is made of. */
export interface HealthFacts {
  /** The last try to talk to Graph at all: null before the first, 'reached', or why not. */
  contact: null | 'reached' | TheirError;
  rights: Readonly<Record<Exclude<Right, 'none'>, RightSeen>>;
  /** Writing was switched off in the configuration. */
  isReadOnly: boolean;
  /** Graph is asked to tell us of changes. */
  hasNotifications: boolean;
  /** Why Graph cannot tell us of changes; null when it can, or nobody has tried. */
  notifications: Gap | null;
}

/** Refused everywhere, or only in some mailboxes? The words differ, and so does what is lost. */
function rightGap(right: Exclude<Right, 'none'>, { works, refused }: RightSeen): Gap | null {
  if (refused.size === 0) return null;
  const capability = capabilityOf[right];
  const many = refused.size === 1 ? 'one mailbox' : `${refused.size} mailboxes`;
  const reason = works && right !== 'User.Read.All' ? `Graph refuses ${right} for ${many}, and allows it for others.` : `Graph refuses ${right}.`;
  return { capability, reason, remedy: remedyFor(right) };
}

function contactGap(trouble: TheirError): Gap {
  return { capability: 'calendar', reason: trouble.message, remedy: trouble.remedy ?? 'We keep trying; see the service health of Microsoft 365 if it stays.' };
}

/** Refused wherever it was tried. */
export function isLost({ works, refused }: RightSeen): boolean {
  return refused.size > 0 && !works;
}

/** State, capabilities and gaps, from facts alone. */
export function health({ contact, rights, isReadOnly, hasNotifications, notifications }: HealthFacts): Pick<ConnectorStatus, 'state' | 'capabilities' | 'gaps'> {
  const gaps: Gap[] = [];
  if (contact !== null && contact !== 'reached') gaps.push(contactGap(contact));
  for (const right of ['Calendars.Read', 'User.Read.All', 'Calendars.ReadWrite', 'Mail.ReadWrite', 'Mail.Send', 'MailboxSettings.Read', 'Presence.Read.All', 'Presence.ReadWrite.All'] as const) {
    const gap = rightGap(right, rights[right]);
    if (gap) gaps.push(gap);
  }
  if (notifications) gaps.push(notifications);
  if (contact !== 'reached') return { state: contact === null ? 'starting' : contact.fault === 'denied' ? 'refused' : 'down', capabilities: [], gaps };
  const isBlind = isLost(rights['Calendars.Read']);
  const capabilities = [
    ...(isBlind ? [] : ['calendar', ...(hasNotifications && !notifications ? ['notifications'] : [])]),
    ...(isLost(rights['User.Read.All']) ? [] : ['directory']),
    ...(isBlind || isReadOnly || isLost(rights['Calendars.ReadWrite']) ? [] : ['calendar.write']),
    // Told once it has worked: not every tenant keeps voicemail here.
    ...(rights['Mail.ReadWrite'].works ? ['mail'] : []),
    ...(rights['Mail.Send'].works ? ['mail.send'] : []),
    ...(rights['MailboxSettings.Read'].works ? ['absence'] : []),
    ...(rights['Presence.ReadWrite.All'].works ? ['dots'] : []),
  ];
  const state = isBlind ? 'refused' : gaps.length > 0 ? 'limited' : 'ready';
  return { state, capabilities, gaps };
}
