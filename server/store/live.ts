import type { Kysely } from 'kysely';
import type { HintBus } from './hints.ts';
import type { Database } from './schema.ts';
import { hintAfterCommit } from './transaction.ts';

/** What changed, by its name: the state itself is read by whoever is interested, with their rights. */
export interface Announcement {
  tenantId: string;
  /** As contract/live.ts names them, such as `conference:<id>`; null: announcements may have been missed, look at all. */
  topic: string | null;
}

export interface Live {
  /** Says that the states behind these topics changed. Inside a transaction it is heard after the commit only. */
  announce(db: Kysely<Database>, tenantId: string, ...topics: string[]): void;
  /** Hears the announcements of all processes. Returns a function that stops it. */
  onAnnouncement(fn: (announcement: Announcement) => void): () => void;
}

/** Live announcements over the hint bus. */
export function createLive(bus: HintBus): Live {
  return {
    announce(db, tenantId, ...topics) {
      for (const topic of topics) hintAfterCommit(db, { type: 'topic', tenantId, topic });
    },
    onAnnouncement(fn) {
      return bus.listen((hint) => {
        if (hint.type === 'topic') fn({ tenantId: hint.tenantId, topic: hint.topic });
        if (hint.type === 'resync') fn({ tenantId: '', topic: null });
      });
    },
  };
}
