import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '../ports/clock.ts';
import type { Queries } from '../store/schema.ts';
import { deleteEnded, deleteSession, findSession, insertSession, touchSession } from './session-rows.ts';

/** Who is signed in with a browser. Instants epoch ms, UTC. */
export interface Session {
  tenantId: string;
  personId: string;
  name: string;
  address: string;
  roles: readonly string[];
  /** Id of the provider that vouched. */
  provider: string;
  /** The end as it stands now, used or not. */
  endsAt: number;
}

export interface SessionPolicy {
  /** Ends when it was not used for so long. */
  idleMs: number;
  /** Ends so long after sign-in, whatever happens. */
  longestMs: number;
}

export interface Sessions {
  /** A new one with a new id, at every sign-in: an id that somebody planted before is worth nothing (fixation). Returns the id, for the browser alone. */
  begin(who: Omit<Session, 'endsAt'>): Promise<string>;
  /** Null for ids that are forged, ended, too old or too long unused. */
  find(id: string): Promise<Session | null>;
  end(id: string): Promise<void>;
}

const idBytes = 32;
/** Use is noted at most this often. */
const noteMs = 60_000;

export function createSessions({ clock, store, policy }: { clock: Clock; store: { db: Queries }; policy: SessionPolicy }): Sessions {
  return {
    async begin({ tenantId, personId, name, address, roles, provider }) {
      const now = clock.now();
      await deleteEnded(store.db, now, now - policy.idleMs);
      const id = randomBytes(idBytes).toString('base64url');
      const row = { tenantId, idHash: digest(id), personId, name, address, roles: [...roles], provider, createdAt: now, seenAt: now, endsAt: now + policy.longestMs };
      await insertSession(store.db, row);
      return id;
    },
    async find(id) {
      if (!/^[\w-]{43}$/.test(id)) return null;
      const row = await findSession(store.db, digest(id));
      const now = clock.now();
      if (!row || row.endsAt <= now || row.seenAt + policy.idleMs <= now) return null;
      if (now - row.seenAt > noteMs) await touchSession(store.db, row.tenantId, row.idHash, now);
      const { tenantId, personId, name, address, roles, provider, endsAt } = row;
      return { tenantId, personId, name, address, roles, provider, endsAt };
    },
    end: (id) => deleteSession(store.db, digest(id)),
  };
}

function digest(id: string): string {
  return createHash('sha256').update(id).digest('base64url');
}
