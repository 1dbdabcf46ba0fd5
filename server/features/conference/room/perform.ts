import { OurError, TheirError, UserError } from '../../../domain/errors.ts';
import type { BridgeEvent, ConferenceBridge } from '../../../ports/conference-bridge.ts';
import { putWork } from '../../../store/work.ts';
import { bridgeNamed } from '../bridge/bridge-set.ts';
import type { Conference } from '../conference.ts';
import type { ConferenceDeps } from '../deps.ts';
import { findConference } from '../rows.ts';
import { findCommand, moveCommand, type Command, type CommandProblem, type CommandState } from './command-rows.ts';

/** Whoever pressed a button no longer waits for it after this long, ms: done later it would only surprise people. */
const patienceMs = 30_000;

/** Work `room.command`: does what was asked, once. A failure is shown to whoever asked, never tried again behind their back. */
export async function performCommand(deps: ConferenceDeps, tenantId: string, key: string): Promise<void> {
  const [conferenceId = '', id = ''] = key.split('/');
  const { db } = deps.store;
  const conference = await findConference(db, tenantId, conferenceId);
  const command = conference && (await findCommand(db, tenantId, conferenceId, id));
  if (!command) return;
  const move = (from: CommandState[], to: CommandState, problem?: CommandProblem): Promise<boolean> => moved(deps, conference, id, from, to, problem);
  // Begun by a process that died: a phone may have rung, and is not rung again; everything else is safe to repeat.
  if (command.state === 'begun' && command.what === 'call') return void (await move(['begun'], 'doubt', 'no-answer'));
  if (command.state !== 'waiting' && command.state !== 'begun') return;
  if (deps.clock.now() > command.askedAt + patienceMs) return void (await move(['waiting', 'begun'], 'failed', 'too-late'));
  if (command.state === 'waiting' && !(await move(['waiting'], 'begun'))) return;
  try {
    await deps.effect('room.command', () => run(bridgeNamed(deps, command.instance), conference, command, deps.policy.maxMembers));
    await move(['begun'], command.what === 'call' ? 'ringing' : 'done');
  } catch (error) {
    if (!(error instanceof TheirError || error instanceof UserError)) throw error;
    deps.log.warn({ conferenceId, instance: command.instance, what: command.what, err: error.message }, 'a bridge did not do what was asked');
    await move(['begun'], command.what === 'call' && problemOf(error) === 'no-answer' ? 'doubt' : 'failed', problemOf(error));
  }
  // Not every bridge tells what it did: locking fires no event on ConfBridge (by trial).
  await putWork(db, { tenantId, kind: 'conference.members', key: conferenceId, dueAt: deps.clock.now() });
}

function problemOf(error: TheirError | UserError): CommandProblem {
  const fault = error instanceof TheirError ? error.fault : 'refused';
  if (fault === 'no-answer' || fault === 'denied' || fault === 'gone') return fault;
  return fault === 'throttled' || fault === 'unavailable' || fault === 'busy' ? 'unavailable' : 'refused';
}

async function run(bridge: ConferenceBridge, conference: Conference, command: Command, maxMembers: number): Promise<void> {
  const { room } = conference;
  const leg = command.leg ?? '';
  switch (command.what) {
    case 'mute': return bridge.mute(room, leg, true);
    case 'unmute': return bridge.mute(room, leg, false);
    case 'kick': return bridge.kick(room, leg);
    case 'lock': return bridge.lock(room, true);
    case 'unlock': return bridge.lock(room, false);
    case 'end': return bridge.end(room);
    case 'call': {
      if (!command.call) throw new OurError('a call to nobody');
      return bridge.call({ room, key: command.id, maxMembers, ...command.call });
    }
  }
}

function moved(deps: ConferenceDeps, { tenantId, id: conferenceId }: Conference, id: string, from: CommandState[], to: CommandState, problem?: CommandProblem): Promise<boolean> {
  return deps.effect('room.outcome.write', () =>
    deps.store.transaction(async (tx) => {
      const isMoved = await moveCommand(tx, tenantId, conferenceId, id, from, to, problem ?? null);
      if (isMoved) deps.live.announce(tx, tenantId, `room:${conferenceId}`);
      return isMoved;
    }),
  );
}

/** The bridge tells what became of a call. */
export async function heardCall(deps: ConferenceDeps, conference: Conference, { key, outcome }: Extract<BridgeEvent, { type: 'called' }>): Promise<void> {
  const from: CommandState[] = ['begun', 'ringing', 'doubt'];
  if (outcome === 'answered') await moved(deps, conference, key, from, 'done');
  else await moved(deps, conference, key, from, 'failed', outcome === 'no-answer' ? 'not-answered' : 'busy-or-away');
}
