/** The permissions that we use, least first. `none`: any token will do. */
export type Right = 'none' | 'User.Read.All' | 'Calendars.Read' | 'Calendars.ReadWrite' | 'Mail.ReadWrite' | 'Mail.Send' | 'MailboxSettings.Read' | 'Presence.Read.All' | 'Presence.ReadWrite.All';

/** How to get a permission: the sentence that an administrator reads. */
export function remedyFor(right: Right): string {
  if (right === 'none') return 'See that the app registration is enabled in this tenant and that its tenantId and clientId are right.';
  if (right === 'User.Read.All') return 'In Entra, App registrations, API permissions, add the application permission User.Read.All of Microsoft Graph and grant admin consent.';
  if (right === 'Presence.ReadWrite.All') return 'In Entra, App registrations, API permissions, add the application permission Presence.ReadWrite.All of Microsoft Graph and grant admin consent; without it calls do not show as dots in Outlook and Teams.';
  if (right === 'Presence.Read.All') return 'In Entra, App registrations, API permissions, add the application permission Presence.Read.All of Microsoft Graph and grant admin consent; without it each mailbox is asked by itself, once an hour.';
  const meanwhile = right === 'Mail.ReadWrite' ? ' Until then voicemail is sent by mail where sendFrom or an smtp connector is set up, and what is done to such a mail does not reach the phone.' : '';
  return `Assign the role "Application ${right}" to the app by RBAC for Applications in Exchange Online (New-ManagementRoleAssignment), with a scope that contains this mailbox; or consent to the application permission ${right} in Entra for all mailboxes. Changes take up to two hours.${meanwhile}`;
}

/** What a permission is good for, by capability name. */
export const capabilityOf: Readonly<Record<Exclude<Right, 'none'>, string>> = {
  'User.Read.All': 'directory',
  'Calendars.Read': 'calendar',
  'Calendars.ReadWrite': 'calendar.write',
  'Mail.ReadWrite': 'mail',
  'Mail.Send': 'mail.send',
  'MailboxSettings.Read': 'absence',
  'Presence.Read.All': 'absence.many',
  'Presence.ReadWrite.All': 'dots',
};

/** What calls have shown of one permission. Rights given by Exchange stand in no token, so what was tried is all that counts (graph.md §8). */
export interface RightSeen {
  /** It worked at least once since the last start. */
  works: boolean;
  /** Mailboxes (or "tenant") where the last answer was a refusal. */
  refused: ReadonlySet<string>;
}

export interface RightsLedger {
  worked(right: Right, where: string): void;
  /** True when that is news. */
  refused(right: Right, where: string): boolean;
  seen(right: Right): RightSeen;
}

/** Names of mailboxes kept per permission: a scope that misses a whole company must not fill the memory. */
const mostNames = 1_000;

/** Remembers which permissions worked and where they were refused. `onChange` is called when what `seen` tells has changed. */
export function createRightsLedger(onChange: () => void): RightsLedger {
  const kept = new Map<Right, { works: boolean; refused: Set<string> }>();

  function of(right: Right): { works: boolean; refused: Set<string> } {
    const known = kept.get(right) ?? { works: false, refused: new Set<string>() };
    kept.set(right, known);
    return known;
  }

  return {
    worked(right, where) {
      if (right === 'none') return;
      const known = of(right);
      const isNews = !known.works || known.refused.has(where);
      known.works = true;
      known.refused.delete(where);
      if (isNews) onChange();
    },
    refused(right, where) {
      if (right === 'none') return false;
      const known = of(right);
      if (known.refused.has(where) || known.refused.size >= mostNames) return false;
      known.refused.add(where);
      onChange();
      return true;
    },
    seen: (right) => of(right),
  };
}
