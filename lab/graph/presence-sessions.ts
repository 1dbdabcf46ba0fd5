import type { LabClock } from '../clock.ts';
import { badRequest, GraphError } from './errors.ts';

/** What one application (or Teams itself) says of a person. */
interface Session {
  availability: string;
  activity: string;
  expiresAt: number;
}

export interface PresenceNow {
  availability: string;
  activity: string;
}

/** Presence as Microsoft's service adds it up: sessions by application id, each with its end. */
export interface PresenceSessions {
  /** `sessionId` is an application's id. Throws GraphError for a pair or a duration that cannot be set. */
  set(userId: string, sessionId: string, said: PresenceNow, durationMs: number): void;
  /** Throws GraphError 404 when there is no such session. */
  clear(userId: string, sessionId: string): void;
  now(userId: string): PresenceNow;
  /** Somebody's Teams is running: a session that does not end. Null: it is closed. */
  teams(userId: string, said: PresenceNow | null): void;
}

/** Pairs that setPresence takes (graph.md §4). */
const pairs = new Set(['available/available', 'busy/inacall', 'busy/inaconferencecall', 'away/away', 'donotdisturb/presenting']);
/** The strongest of several sessions stands. */
const strongest = ['donotdisturb', 'busy', 'available', 'away'];
const [shortest, longest] = [5 * 60_000, 4 * 60 * 60_000];

export function createPresenceSessions(clock: LabClock): PresenceSessions {
  const people = new Map<string, Map<string, Session>>();

  function living(userId: string): Session[] {
    const all = people.get(userId) ?? new Map<string, Session>();
    for (const [id, { expiresAt }] of all) if (expiresAt <= clock.now()) all.delete(id);
    return [...all.values()];
  }

  function put(userId: string, sessionId: string, session: Session): void {
    const all = people.get(userId) ?? new Map<string, Session>();
    all.set(sessionId, session);
    people.set(userId, all);
  }

  return {
    set(userId, sessionId, { availability, activity }, durationMs) {
      if (!pairs.has(`${availability}/${activity}`.toLowerCase())) throw badRequest('BadRequest', 'The availability and activity cannot be combined.');
      if (durationMs < shortest || durationMs > longest) throw badRequest('BadRequest', 'The expirationDuration must be between PT5M and PT4H.');
      put(userId, sessionId, { availability, activity, expiresAt: clock.now() + durationMs });
    },
    clear(userId, sessionId) {
      living(userId);
      if (!people.get(userId)?.delete(sessionId)) throw new GraphError(404, 'NotFound', 'The presence session was not found.');
    },
    now(userId) {
      const sessions = living(userId);
      const rank = ({ availability }: Session): number => strongest.indexOf(availability.toLowerCase());
      const best = sessions.toSorted((a, b) => rank(a) - rank(b))[0];
      if (best) return { availability: best.availability, activity: best.activity };
      // Whoever was never seen is unknown; whose sessions all ended is offline.
      return people.has(userId) ? { availability: 'Offline', activity: 'Offline' } : { availability: 'PresenceUnknown', activity: 'PresenceUnknown' };
    },
    teams(userId, said) {
      if (said) put(userId, 'teams', { ...said, expiresAt: Infinity });
      else people.get(userId)?.delete('teams');
    },
  };
}
