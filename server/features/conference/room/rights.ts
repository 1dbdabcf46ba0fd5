import type { RoomDeed } from '../../../../contract/conference/room.ts';
import type { ConferenceRole } from '../../../domain/conference.ts';
import type { BridgeCapabilities } from '../../../ports/conference-bridge.ts';

/** Who may do what in a room. Presenters keep order; only hosts send people away, end the meeting, or spend the organisation's money on calls. */
const deedsOf: Record<ConferenceRole, readonly RoomDeed[]> = {
  host: ['mute', 'unmute', 'kick', 'lock', 'unlock', 'end', 'call'],
  presenter: ['mute', 'unmute', 'lock', 'unlock'],
  guest: [],
};

/** What a deed needs of the bridge. */
const needs: Record<RoomDeed, (can: BridgeCapabilities) => boolean> = {
  mute: ({ mute }) => mute,
  unmute: ({ mute }) => mute,
  kick: ({ kick }) => kick,
  lock: ({ lock }) => lock,
  unlock: ({ lock }) => lock,
  end: ({ end }) => end,
  call: ({ dialOut }) => dialOut,
};

/** What somebody with this role may ask of a bridge that can this much. */
export function deedsFor(role: ConferenceRole, can: BridgeCapabilities): RoomDeed[] {
  return deedsOf[role].filter((deed) => needs[deed](can));
}
