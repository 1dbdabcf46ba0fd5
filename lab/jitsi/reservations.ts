import type { LabClock } from '../clock.ts';
import type { WireLog } from './wire-log.ts';

/** mod_reservations: asks a service of the site before a room is made, and tells it of the end. As its source has it, the surprising parts too. */
export interface Reservations {
  /** May this room be made now? Asked once for all who want it at the same time. */
  ask(room: string, creator: string): Promise<{ ok: true } | { ok: false; code: number; text: string }>;
  /** The room is gone: DELETE, unless its time ran out: then the reservation was forgotten before the room ended, and nothing is said. */
  roomDestroyed(room: string): void;
  /** Rooms whose time has run out; they are to be destroyed. Looked at once a minute. */
  expired(): string[];
  crash(): void;
}

export interface ReservationOptions {
  clock: LabClock;
  /** `reservations_api_prefix`; read at each question. */
  prefix: () => string;
  /** `reservations_api_headers`. */
  headers: Readonly<Record<string, string>>;
  log: WireLog;
}

/** Defaults of the plugin. */
const timeoutMs = 20_000;
const retries = 3;
const retryDelayMs = 3_000;
/** How long a refusal is remembered. */
const refusedMs = 30_000;

interface Meta {
  /** Epoch ms. */
  expiresAt: number;
  id: string | null;
  answer: { ok: true } | { ok: false; code: number; text: string };
}

export function createReservations({ clock, prefix, headers, log }: ReservationOptions): Reservations {
  const known = new Map<string, Meta>();
  const pending = new Map<string, Promise<Meta>>();

  /** Null after the timeout, which is never tried again; failures and 5xx are. */
  async function request(method: string, path: string, form: URLSearchParams | null, left = retries): Promise<{ status: number; text: string } | null> {
    log.say('>', `${method} ${path}${form ? ` ${form.toString()}` : ''}`);
    const late = new AbortController();
    const cancel = clock.at(clock.now() + timeoutMs, () => late.abort());
    const answer = await fetch(`${prefix()}${path}`, { method, headers, signal: late.signal, ...(form ? { body: form } : {}) })
      .then(async (response) => ({ status: response.status, text: await response.text() }))
      .catch(() => ({ status: 0, text: '' }));
    cancel();
    if (late.signal.aborted) return null;
    log.say('<', `${answer.status} ${answer.text}`);
    if ((answer.status !== 0 && answer.status < 500) || left === 0) return answer;
    await clock.sleep(retryDelayMs);
    return request(method, path, form, left - 1);
  }

  function failed(code: number, text: string): Meta {
    return { expiresAt: clock.now() + refusedMs, id: null, answer: { ok: false, code, text } };
  }

  async function read(room: string, answer: { status: number; text: string } | null): Promise<Meta> {
    if (answer === null) return failed(500, 'Reservation lookup timed out');
    const data = parse(answer.text);
    if (answer.status === 409) {
      if (typeof data?.['conflict_id'] !== 'string') return failed(409, 'Invalid response from reservation server');
      return read(room, await request('GET', `/conference/${data['conflict_id']}`, null));
    }
    if (answer.status !== 200 && answer.status !== 201) return failed(answer.status, typeof data?.['message'] === 'string' ? data['message'] : 'Rejected by reservation server');
    const startsAt = Date.parse(String(data?.['start_time']));
    const duration = Number(data?.['duration']);
    const isWhole = String(data?.['name']).toLowerCase() === room && data?.['id'] !== undefined && data['mail_owner'] !== undefined && !Number.isNaN(startsAt) && !Number.isNaN(duration);
    if (!isWhole) return failed(500, 'Invalid response from reservation server');
    // Milliseconds are lost on the way through its parser.
    return { expiresAt: Math.floor(startsAt / 1000) * 1000 + duration * 1000, id: String(data['id']), answer: { ok: true } };
  }

  async function create(room: string, creator: string): Promise<Meta> {
    const form = new URLSearchParams({ name: room, start_time: new Date(clock.now()).toISOString().replace(/\.\d+Z$/, '.000Z'), mail_owner: creator });
    return read(room, await request('POST', '/conference', form));
  }

  return {
    async ask(room, creator) {
      const before = known.get(room);
      if (before) return clock.now() > before.expiresAt && before.answer.ok ? { ok: false, code: 419, text: 'Reservation expired' } : before.answer;
      let question = pending.get(room);
      if (!question) {
        question = create(room, creator);
        pending.set(room, question);
      }
      const meta = await question;
      pending.delete(room);
      known.set(room, meta);
      return meta.answer;
    },
    roomDestroyed(room) {
      const meta = known.get(room);
      known.delete(room);
      if (meta?.id) void request('DELETE', `/conference/${meta.id}`, null);
    },
    expired() {
      const over = [...known].filter(([, meta]) => clock.now() > meta.expiresAt).map(([room]) => room);
      for (const room of over) known.delete(room);
      return over;
    },
    crash() {
      known.clear();
      pending.clear();
    },
  };
}

function parse(text: string): Record<string, unknown> | null {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return null;
  }
}
