import type { Caller } from '../../../contract/endpoint.ts';
import type { Clock } from '../../ports/clock.ts';
import type { CallControl } from '../../ports/call-control.ts';
import type { Log } from '../../ports/log.ts';
import type { Live } from '../../store/live.ts';
import type { Queries } from '../../store/schema.ts';
import type { RunTransaction } from '../../store/transaction.ts';

/** A phone that somebody may ring from here. */
export interface RingablePhone {
  pbx: string;
  extension: string;
  name: string;
}

/** A message that somebody may play: where it lies on which phone system. */
export interface PlayableMessage {
  pbx: string;
  box: string;
  messageId: string;
}

/** What the calls feature is given. */
export interface CallsDeps {
  clock: Clock;
  log: Log;
  store: { db: Queries; transaction: RunTransaction };
  live: Live;
  controls: readonly CallControl[];
  /** The person's own lines, on every phone system; the first is rung unless they say otherwise. */
  linesOf(tenantId: string, personId: string): Promise<readonly RingablePhone[]>;
  /** As far as this process knows, the phone system does not answer. */
  isAway(pbx: string): Promise<boolean>;
  /** Throws UserError for a voicemail that is not there, deleted, or not for these ears. */
  messageFor(caller: Caller, voicemailId: string): Promise<PlayableMessage>;
  /** Runs one durable or outside effect; the fault tests end the process's world before or after any of them. */
  effect: <T>(name: CallsEffect, run: () => Promise<T>) => Promise<T>;
}

export type CallsEffect = 'calls.asked.write' | 'calls.begin' | 'calls.state.write' | 'calls.hang-up';
