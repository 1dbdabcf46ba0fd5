import type { Admission, RoomVerdict } from '../../../ports/admission.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { Door, DoorResponse } from '../../../ports/door.ts';
import type { Log } from '../../../ports/log.ts';
import { carries } from './bearer.ts';

/** What Prosody tells of a reservation that we gave; it looks at every field (mod_reservations.lua). */
interface Reservation {
  id: string;
  name: string;
  mail_owner: string;
  /** ISO 8601, UTC, by Prosody's own clock. */
  start_time: string;
  /** Seconds from start_time. */
  duration: number;
  max_occupants: number;
}

export interface ReservationOptions {
  instance: string;
  clock: Clock;
  log: Log;
  admission: Admission;
  secret: string;
}

/** A clock of theirs that is further off than this is not believed, ms. */
const believableSkewMs = 10 * 60_000;

/**
 * Prosody asks before it makes a room: `POST /conference` (a form), where that says 409 `GET /conference/<id>`, and at the end `DELETE /conference/<id>`.
 * The id is the room's name. Asking twice is the same as once; what is repeated later is decided anew.
 */
export function reservationDoors({ instance, clock, log, admission, secret }: ReservationOptions): Door[] {
  const verify: Door['verify'] = (request) => carries(request, secret);

  /** Null: it may not be made, and the answer says why. */
  async function decide(room: string, start: string | null, mayConflict: boolean): Promise<DoorResponse> {
    if (!/^[a-z0-9]+$/.test(room)) return refused(404, await admission.decideForRoom(instance, ''));
    const verdict = await admission.decideForRoom(instance, room);
    if (!verdict.open) {
      log.info({ room, refusal: verdict.refusal }, 'reservation: refused');
      return refused(verdict.refusal === 'unknown-code' ? 404 : 403, verdict);
    }
    if (mayConflict && verdict.isInUse) return json(409, { conflict_id: room });
    log.info({ room, conferenceId: verdict.conferenceId }, 'reservation: given');
    return json(200, reservation(room, verdict, startsAt(start, clock.now()), clock.now()));
  }

  return [
    {
      path: 'conference',
      methods: ['POST'],
      verify,
      async handle({ body }) {
        const form = new URLSearchParams(body.toString('utf8'));
        // Addresses of rooms are lower case; a form from elsewhere may not be.
        return decide((form.get('name') ?? '').toLowerCase(), form.get('start_time'), true);
      },
    },
    {
      path: 'conference/:id',
      methods: ['GET', 'DELETE'],
      verify,
      async handle({ method, params }) {
        const room = params['id'] ?? '';
        if (method === 'GET') return decide(room, null, false);
        if (/^[a-z0-9]+$/.test(room)) await admission.roomEnded(instance, room);
        return json(200, {});
      },
    },
  ];
}

function reservation(room: string, verdict: Extract<RoomVerdict, { open: true }>, startMs: number, now: number): Reservation {
  return {
    id: room,
    name: room,
    // Prosody refuses an answer without one; it only passes it on.
    mail_owner: verdict.host,
    start_time: new Date(startMs).toISOString(),
    duration: Math.ceil((verdict.until - now) / 1000),
    max_occupants: verdict.maxMembers,
  };
}

/** Prosody counts the duration from here by its own clock: what it said itself is best, unless it is nonsense. Epoch ms. */
function startsAt(told: string | null, now: number): number {
  const theirs = told === null ? Number.NaN : Date.parse(told);
  return Math.abs(theirs - now) <= believableSkewMs ? theirs : now;
}

/** Jitsi shows the message to whoever wanted in. */
function refused(status: number, verdict: RoomVerdict): DoorResponse {
  return json(status, { message: verdict.open ? '' : verdict.message });
}

function json(status: number, body: object): DoorResponse {
  return { status, headers: { 'Content-Type': 'application/json; charset=utf-8' }, body: JSON.stringify(body) };
}
