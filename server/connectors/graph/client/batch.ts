import { z } from 'zod';
import { OurError, TheirError } from '../../../domain/errors.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { Right } from '../rights.ts';
import { batchReply, mostInBatch } from './batch-wire.ts';
import type { GraphClient } from './client.ts';
import { refusal } from './graph-error.ts';

/** One read inside a batch. */
export interface BatchRead {
  /** Path below the version, made by `graphPath`. */
  path: string;
  query?: Readonly<Record<string, string>>;
}

/** Answer to one read. JSON is parsed; anything else comes as bytes, because Graph sends it in base64. */
export interface BatchAnswer { status: number; headers: Headers; body: unknown; bytes: Buffer | null }

/** Rounds without any progress before we give up and hand the pause to the caller. */
const mostIdleRounds = 3;

/** Tries of one read that fails by itself (5xx) before its failure is its answer: the others do not wait for it. */
const mostTries = 3;

export interface BatchOptions {
  client: GraphClient;
  connector: string;
  clock: Clock;
  /** Static words for log and errors. */
  what: string;
  right: Right;
  mailbox: string;
}

/**
 * Many reads of one mailbox, 20 to a request. The library's batching loses bytes and does not see that an inner call was refused (graph.md §9).
 * Each read waits for the one before it (`dependsOn`), so that a batch uses one of the mailbox's four places, as our budget counts it. What failed stops the
 * rest of its batch (424): those were not tried and are sent again. Answers stand in the order of `reads`; a refusal for good is an answer, too,
 * and so is the third failure of one read while others succeed.
 * Throws TheirError when the batch itself is refused, or an inner call still is after waiting.
 */
export async function batchReads({ client, connector, clock, what, right, mailbox }: BatchOptions, reads: readonly BatchRead[]): Promise<BatchAnswer[]> {
  const answers = new Map<number, BatchAnswer>();
  const tries = new Map<number, number>();
  const countTry = (index: number): number => {
    tries.set(index, (tries.get(index) ?? 0) + 1);
    return tries.get(index) ?? 0;
  };
  let open = reads.map((_, index) => index);
  for (let idle = 0; open.length > 0; ) {
    const turn = open.slice(0, mostInBatch);
    const replies = await send(turn);
    let passing: TheirError | null = null;
    let failed: number | null = null;
    for (const index of turn) {
      const answer = replies.get(index);
      if (answer === undefined || answer.status === 424) continue;
      const error = answer.status >= 400 ? errorOf(answer) : null;
      if (!error?.passing || (error.fault !== 'throttled' && countTry(index) >= mostTries)) answers.set(index, answer);
      else [passing, failed] = [error, index];
    }
    const before = open.length;
    // Whatever fails goes to the end, or it would stop every batch that it heads.
    open = [...open.filter((index) => index !== failed), ...(failed === null ? [] : [failed])].filter((index) => !answers.has(index));
    idle = open.length === before ? idle + 1 : 0;
    if (idle >= mostIdleRounds) throw passing ?? new TheirError(connector, 'unreadable', `${what}: a batch was not answered`);
    if (!passing) continue;
    const wait = passing.retryAfterMs ?? 1_000;
    // The whole mailbox rests: our own next round as well waits for it in the budget.
    client.budgets.holdOff({ workload: 'mailbox', mailbox }, wait);
  }
  return reads.map((_, index) => {
    const answer = answers.get(index);
    if (!answer) throw new OurError('a batch ended with a read unanswered');
    return answer;
  });

  async function send(turn: readonly number[]): Promise<Map<number, BatchAnswer>> {
    const requests = turn.map((index, place) => ({
      id: String(index), method: 'GET', url: urlOf(reads[index]), headers: { Prefer: 'IdType="ImmutableId"' }, ...(place === 0 ? {} : { dependsOn: [String(turn[place - 1])] }),
    }));
    const { responses } = await client.call(
      { what, method: 'POST', target: { path: '/$batch' }, body: { requests }, right: 'none', budget: { workload: 'mailbox', mailbox }, cost: turn.length, repeat: 'always' },
      batchReply,
    );
    return new Map(responses.map(({ id, status, headers, body }) => [Number(id), answerOf(status, headers ?? {}, body)]));
  }

  function errorOf({ status, headers, body }: BatchAnswer): TheirError {
    return refusal({ connector, what, right, response: new Response(null, { status, headers }), text: JSON.stringify(body ?? null), now: clock.now() });
  }
}

/** The refusal in an answer, as `refusalOf` tells it of an error; null for a good one. */
export function refusalIn({ status, body }: BatchAnswer): { status: number; code: string } | null {
  if (status < 400) return null;
  const read = z.object({ error: z.object({ code: z.string() }) }).safeParse(body);
  return { status, code: read.success ? read.data.error.code : '' };
}

function answerOf(status: number, headers: Record<string, string>, body: unknown): BatchAnswer {
  const named = new Headers(headers);
  const isJson = /^application\/json\b/i.test(named.get('content-type') ?? 'application/json');
  if (isJson || typeof body !== 'string') return { status, headers: named, body, bytes: null };
  return { status, headers: named, body: null, bytes: Buffer.from(body, 'base64') };
}

function urlOf(read: BatchRead | undefined): string {
  const query = Object.entries(read?.query ?? {}).map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
  return query === '' ? (read?.path ?? '') : `${read?.path ?? ''}?${query}`;
}
