import { TheirError } from '../../domain/errors.ts';
import type { MailboxRef } from '../../domain/calendar.ts';
import type { OnBehalf } from '../../ports/on-behalf.ts';
import type { GraphClient } from './client/client.ts';
import { refusalOf } from './client/graph-error.ts';
import { signInOver, type PersonTokens } from './client/person-tokens.ts';
import type { TokenCache } from '../../outbound/token-cache.ts';
import type { RightsLedger } from './rights.ts';

/** Who writes into a mailbox: its owner, where we hold their token, else the app. */
export interface Writers {
  /** Null where nobody's rights but the app's are used. */
  readonly port: OnBehalf | null;
  /** Runs writes as whoever may. Throws TheirError 'denied' when nobody may. */
  write<T>(mailbox: MailboxRef, run: (client: GraphClient) => Promise<T>): Promise<T>;
}

/** What people may do in their own calendars says nothing about the app's rights, which are all that health shows. */
export const peoplesRights: RightsLedger = { worked: () => undefined, refused: () => false, seen: () => ({ works: false, refused: new Set() }) };

export function createWriters({ instance, tenantId, people, app, clientOf, mayApp }: {
  instance: string;
  tenantId: string;
  /** Null when `onBehalfOf` is off. */
  people: PersonTokens | null;
  app: GraphClient;
  clientOf: (tokens: TokenCache) => GraphClient;
  /** The app itself may write events. */
  mayApp: () => boolean;
}): Writers {
  if (!people) return { port: null, write: (_mailbox, run) => run(app) };
  return {
    port: {
      // A mailbox's id is its owner's object id.
      isOwn: (mailbox, person) => mailbox.instance === instance && person.entraTenant === tenantId && person.objectId === mailbox.id,
      takeUp: (person) => people.takeUp(person),
    },
    async write(mailbox, run) {
      const tokens = people.of(mailbox.id);
      if (!tokens && mayApp()) return run(app);
      if (!tokens) throw signInOver(instance);
      try {
        return await run(clientOf(tokens));
      } catch (error) {
        if (refusalOf(error)?.status !== 403) throw error;
        throw new TheirError(instance, 'denied', 'Graph refuses to write into this calendar in its owner\'s name', {
          cause: error, remedy: 'In Entra, App registrations, API permissions, add the delegated permission Calendars.ReadWrite of Microsoft Graph and grant admin consent; and see that its owner has an Exchange Online mailbox.',
        });
      }
    },
  };
}
