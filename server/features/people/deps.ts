import type { AvailabilityView } from '../../../contract/availability/availability.ts';
import type { Together } from '../../../contract/people/people.ts';
import type { Clock } from '../../ports/clock.ts';
import type { DirectorySource } from '../../ports/directory-source.ts';
import type { Log } from '../../ports/log.ts';

export interface KnownPerson {
  personId: string;
  name: string;
  address: string;
}

/** What the people feature is given. */
export interface PeopleDeps {
  clock: Clock;
  log: Log;
  /** The first that knows somebody answers. */
  directories: readonly DirectorySource[];
  accounts: {
    byAddress(tenantId: string, address: string): Promise<string | null>;
    person(tenantId: string, personId: string): Promise<KnownPerson | null>;
    /** Names with a word that begins so, addresses that begin so; and whose extension begins so. */
    search(tenantId: string, text: string, limit: number): Promise<KnownPerson[]>;
    byExtension(tenantId: string, digits: string, limit: number): Promise<KnownPerson[]>;
    extensionsOf(tenantId: string, personIds: readonly string[]): Promise<Map<string, string[]>>;
    /** The mailbox that is linked to a person. */
    mailboxOf(tenantId: string, personId: string): Promise<{ instance: string; id: string } | null>;
    domains(tenantId: string): Promise<ReadonlySet<string>>;
  };
  availability: {
    of(tenantId: string, personId: string, viewer: string): Promise<AvailabilityView | null>;
    freeHalfHour(tenantId: string, personId: string): Promise<{ from: number; to: number } | null>;
    /** Throws TheirError. */
    together(tenantId: string, viewer: string, address: string): Promise<Together | null>;
  };
}
