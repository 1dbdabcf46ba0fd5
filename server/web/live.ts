import type { RequestHandler, Response } from 'express';
import { UserError } from '../domain/errors.ts';
import { systemClock } from '../ports/clock.ts';
import type { Callers } from './caller.ts';
import type { Metrics } from './metrics.ts';
import type { KnownPerson, WebParts } from './settings.ts';

/** contract/live.ts: a line that says nothing keeps proxies from closing the stream. */
const heartbeatMs = 15_000;
/** A mail's recipients, as far as a pane shows them, and the pane's own; their names fit into an address of 8 KB, which every proxy takes. */
const mostTopics = 120;
/** Longest time that a stream which is to end may be held, seconds: proxies give up on answers after half a minute or more. */
const longestEnds = 25;
/** One per window that a person can have open; browsers allow six per origin anyway. */
const mostStreams = 12;

export interface LiveStreams {
  handler: RequestHandler;
  /** Ends all streams: clients come back, to another process. */
  stop(): void;
}

/** `GET /api/v1/live`: whole states of topics as server-sent events. */
export function createLiveStreams({ callers, parts, metrics }: { callers: Callers; parts: WebParts; metrics: Metrics }): LiveStreams {
  const open = new Map<Response, { personId: string; changed(tenantId: string, topic: string | null): void }>();
  // Streams are kept open in the time of proxies and browsers, not in that of a turned clock.
  const machine = systemClock();
  parts.onAnnouncement(({ tenantId, topic }) => {
    for (const stream of open.values()) stream.changed(tenantId, topic);
  });

  const handler: RequestHandler = async (request, response) => {
    const { caller, expiresAt } = await callers.signedIn(request);
    const person: KnownPerson = { tenantId: caller.tenantId, personId: caller.personId ?? '' };
    const topics = [...new Set([request.query['topic']].flat().map(String))];
    if (request.query['topic'] === undefined || topics.length > mostTopics) {
      throw new UserError(400, { code: 'invalid-request', field: 'topic', message: `Between 1 and ${mostTopics} topics.`, remedy: 'Ask for ?topic=… once per topic.' });
    }
    const ends = endsAfter(request.query['ends']);
    const same = [...open.values()].filter((each) => each.personId === person.personId).length;
    if (same >= mostStreams) throw new UserError(429, { code: 'too-many-streams', message: 'Too many windows are open.', remedy: 'Close some.' });
    const own = new Map(topics.map((topic) => [topic, ownTopic(topic, person)]));
    /** What changed while the first states were read; null once they are written. */
    let missed: Set<string> | null = new Set();
    let refreshers: ReadonlyMap<string, () => void> = new Map();
    open.set(response, {
      personId: person.personId,
      changed(tenantId, topic) {
        if (topic !== null && tenantId !== person.tenantId) return;
        const names = topic === null ? own.values() : [topic];
        for (const name of names) {
          if (missed) missed.add(name);
          else refreshers.get(name)?.();
        }
      },
    });
    // Whoever hangs up while their first states are read is forgotten, too.
    response.on('close', () => {
      open.delete(response);
      metrics.streams(open.size);
    });
    const change = (topic: string, state: unknown): void => {
      if (!response.writableEnded) response.write(eventOf(topic, state));
      if (ends !== null) response.end();
    };
    try {
      const first = await Promise.all([...own].map(async ([topic, name]) => ({ topic, state: await parts.snapshot(person, name) })));
      // A pane has one stream for all that it follows: a topic of another version silences no other.
      if (first.every((each) => each.state === undefined)) throw new UserError(404, { code: 'unknown-topic', field: 'topic', message: 'There is no such topic.' });
      response.status(200).set({ 'Content-Type': 'text/event-stream; charset=utf-8', 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' });
      // In one piece: whoever sees the first of them has them all.
      response.write(first.map(({ topic, state }) => eventOf(topic, state)).join(''));
    } catch (error) {
      open.delete(response);
      throw error;
    }
    refreshers = new Map([...own].map(([topic, name]) => [name, refresher(async () => change(topic, await parts.snapshot(person, name)), response)]));
    metrics.streams(open.size);
    for (const name of missed) refreshers.get(name)?.();
    missed = null;
    if (response.closed) return;
    const stopBeating = beat(response);
    const cancels = [parts.clock.at(expiresAt, () => response.end())];
    if (ends !== null) cancels.push(machine.at(machine.now() + ends * 1_000, () => response.end()));
    response.on('close', () => {
      stopBeating();
      for (const cancel of cancels) cancel();
    });
  };

  function beat(response: Response): () => void {
    let cancel = machine.at(machine.now() + heartbeatMs, next);
    function next(): void {
      if (!response.writableEnded) response.write(': \n\n');
      cancel = machine.at(machine.now() + heartbeatMs, next);
    }
    return () => cancel();
  }

  return {
    handler,
    stop() {
      for (const response of open.keys()) response.end();
    },
  };
}

function eventOf(topic: string, state: unknown): string {
  return `event: state\ndata: ${JSON.stringify({ topic, state: state ?? null })}\n\n`;
}

/** `?ends=10`: the answer ends after so many seconds, or with the first change; null for a stream that goes on. */
function endsAfter(asked: unknown): number | null {
  if (asked === undefined) return null;
  const seconds = typeof asked === 'string' && /^\d{1,2}$/.test(asked) ? Number(asked) : Infinity;
  if (seconds > longestEnds) throw new UserError(400, { code: 'invalid-request', field: 'ends', message: `Between 0 and ${longestEnds} seconds.`, remedy: 'Leave it out for a stream that goes on.' });
  return seconds;
}

/** `conferences` means the viewer's own list. */
function ownTopic(topic: string, { personId }: KnownPerson): string {
  return topic.includes(':') ? topic : `${topic}:${personId}`;
}

/** Reads and writes one topic's state: never twice at a time, never lost, and not into a client that does not read. */
function refresher(refresh: () => Promise<void>, response: Response): () => void {
  let running = false;
  let again = false;
  async function run(): Promise<void> {
    running = true;
    while (again && !response.closed) {
      again = false;
      // The next announcement, or the client's next connection, brings the state that could not be read now.
      await refresh().catch(() => undefined);
      if (response.writableNeedDrain) await new Promise((resolve) => response.once('drain', resolve).once('close', resolve));
    }
    running = false;
  }
  return () => {
    again = true;
    if (!running) void run();
  };
}
