import type { RoomDeed } from '../../../../contract/conference/room.ts';
import { UserError } from '../../../domain/errors.ts';
import type { ConferenceBridge } from '../../../ports/conference-bridge.ts';
import { putWork } from '../../../store/work.ts';
import type { Conference } from '../conference.ts';
import type { ConferenceDeps } from '../deps.ts';
import { countCalls, insertCommand, type CallFacts } from './command-rows.ts';

/** What somebody asks of a bridge. Whether they may was decided before. */
export interface Ask {
  /** Made by the asker, a UUID: the same id does it once. */
  id: string;
  instance: string;
  what: RoomDeed;
  leg?: string | undefined;
  call?: CallFacts;
  askedBy: string | null;
}

/** Calls that one conference, and the whole organisation, may begin within `periodMs`: a press too many costs money, a stolen session much more. */
export const callLimits = { periodMs: 10 * 60_000, perConference: 20, overall: 200 } as const;

/**
 * Writes down what is asked, as work for the process that has the connection to the bridge; what becomes of it is seen in the room's live state.
 * Asked again under the same id it is asked once.
 * @throws UserError 422 for a number that may not be called, 429 when too many calls were begun.
 */
export async function askBridge(deps: ConferenceDeps, conference: Conference, bridge: ConferenceBridge, ask: Ask): Promise<void> {
  const { tenantId, id: conferenceId } = conference;
  const now = deps.clock.now();
  if (ask.what === 'call') checkNumber(bridge, ask.call);
  await deps.effect('room.asked.write', () =>
    deps.store.transaction(async (tx) => {
      const calls = await countCalls(tx, tenantId, conferenceId, now - callLimits.periodMs);
      const isFresh = await insertCommand(tx, tenantId, conferenceId, {
        id: ask.id, instance: ask.instance, what: ask.what, leg: ask.leg ?? null, call: ask.call ?? null, state: 'waiting', problem: null, askedBy: ask.askedBy, askedAt: now,
      });
      if (!isFresh) return;
      if (ask.what === 'call' && (calls.conference >= callLimits.perConference || calls.overall >= callLimits.overall)) throw tooMany();
      await putWork(tx, { tenantId, kind: 'room.command', key: `${conferenceId}/${ask.id}`, dueAt: now });
      deps.live.announce(tx, tenantId, `room:${conferenceId}`);
    }),
  );
}

function checkNumber(bridge: ConferenceBridge, call: CallFacts | undefined): void {
  if (call && bridge.mayCall(call.number)) return;
  throw new UserError(422, {
    code: 'number-not-allowed', field: 'number', message: 'This number is not called from here.',
    remedy: 'Write it with + and country code, or an extension; an administrator decides which countries are called.',
  });
}

function tooMany(): UserError {
  return new UserError(429, { code: 'too-many-calls', message: 'Too many calls were begun.', remedy: 'Wait ten minutes, or let people dial in.' });
}
