import type { ReissueInviteState, ReissueReason } from '../../../../contract/conference/reissue.ts';
import type { BodyFormat } from '../../../../invitation/index.ts';
import type { MailboxRef } from '../../../domain/calendar.ts';
import { day } from '../conference.ts';

/** A reissue as the feature thinks of it. Instants epoch ms, UTC. */

export type Phase = 'preview' | 'write' | 'undo';

export interface Run {
  tenantId: string;
  id: string;
  /** Connector instance; null: conferences on all bridges. */
  bridge: string | null;
  /** Connector instance to which the conferences of `bridge` move with their invites; null: they stay. */
  toBridge: string | null;
  phase: Phase;
  state: 'running' | 'stopped' | 'done';
  eventsPerMinute: number | null;
  /** No write before. */
  nextAt: number;
  madeAt: number;
  /** Person id. */
  madeBy: string;
  undoUntil: number | null;
}

/** One invite of it: one event that carries one conference. */
export interface Invite {
  tenantId: string;
  runId: string;
  conferenceId: string;
  /** Empty where no calendar holds it. */
  eventId: string;
  mailbox: MailboxRef | null;
  state: ReissueInviteState;
  reason: ReissueReason | null;
  people: number;
  /** Failed tries of what it is at. */
  attempts: number;
  dueAt: number;
  /** Version of the event that the claimed write is for. */
  version: string | null;
  format: BodyFormat | null;
  before: string | null;
  after: string | null;
}

/** How long former blocks are kept, and can come back: as long as a cancelled conference. Ours. */
export const undoMs = 7 * day;

/** After so many failures (a quarter to half an hour, by the worker's back-off) an invite is left alone, so that one mailbox cannot keep a run from its end. A new run takes it up. */
export const mostAttempts = 12;

/** What an invite that is being written is called. */
export const claimedState = { write: 'writing', undo: 'undoing' } as const;

/** When the next write may be. */
export function paced(now: number, eventsPerMinute: number | null): number {
  return now + Math.ceil(60_000 / (eventsPerMinute ?? 1));
}

/** The bridge on which this run's conferences are to be after the phase it is at; null when it moves none. */
export function bridgeAfter({ phase, bridge, toBridge }: Pick<Run, 'phase' | 'bridge' | 'toBridge'>): string | null {
  if (toBridge === null) return null;
  return phase === 'undo' ? bridge : toBridge;
}
