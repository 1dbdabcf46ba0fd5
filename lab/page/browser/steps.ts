import type { World } from '../world.ts';

/** Pure: which of the five steps have happened. A step ticks by what happened, never by a click, and stays ticked. */

/** What the lab page reads of a conference through Tieline's own API; other fields are ignored. */
export interface ConferenceSeen {
  id: string;
  state: string;
  why: string;
  stateSince: string;
  startsAt: string | null;
  opensAt: string | null;
  accessCode: string;
  bridge: { state: string; since: string | null };
  participants: number | null;
  history: { at: string; from: string | null; to: string; why: string }[];
}

export interface Progress {
  done: boolean[];
  /** From the send to the agreed bridge, ms. */
  sentToBridgeMs: number | null;
  /** Where the meeting was when it was first scheduled. */
  firstStart: string | null;
}

export const startOfProgress: Progress = { done: [false, false, false, false, false], sentToBridgeMs: null, firstStart: null };

export interface Sight {
  world: World;
  conference: ConferenceSeen | null;
  /** The invite's body holds a join link. */
  hasBlock: boolean;
}

export function nextProgress(before: Progress, { world, conference, hasBlock }: Sight): Progress {
  const done = [...before.done];
  const isAgreed = conference?.bridge.state === 'agreed' && (conference.state === 'scheduled' || conference.state === 'live');
  const firstStart = before.firstStart ?? (isAgreed ? (conference?.startsAt ?? null) : null);
  const isMoved = firstStart !== null && conference?.startsAt !== undefined && conference.startsAt !== firstStart && conference.state !== 'cancelled';
  done[0] ||= hasBlock;
  done[1] ||= isAgreed;
  done[2] ||= (done[1] ?? false) && world.bridge.rooms.some((room) => room.members > 0);
  done[3] ||= isAgreed && isMoved;
  done[4] ||= (done[1] ?? false) && conference?.state === 'cancelled' && conference.bridge.state === 'closed';
  return { done, firstStart, sentToBridgeMs: before.sentToBridgeMs ?? (isAgreed ? sentToBridge(conference) : null) };
}

function sentToBridge(conference: ConferenceSeen | null): number | null {
  const sent = conference?.history.find((line) => line.to === 'scheduled')?.at;
  const agreed = conference?.bridge.since;
  return sent && agreed ? Math.max(0, Date.parse(agreed) - Date.parse(sent)) : null;
}
