import { OurError, TheirError } from '../../domain/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { BridgeCapabilities, BridgeEvent, BridgeParticipant, ConferenceBridge } from '../../ports/conference-bridge.ts';
import type { Gap } from '../../ports/connector.ts';
import type { AmiPacket } from './client/ami/packet.ts';
import type { Calls } from './calls.ts';
import { createCalls } from './calls.ts';
import type { AsteriskConfig } from './config.ts';
import { channelFor } from './dial-out-config.ts';
import type { Doorkeeper } from './doorkeeper.ts';
import type { Hub } from './hub.ts';
import { createPutOut } from './put-out.ts';
import { createRooms, saysNotThere } from './rooms.ts';
import { readConferenceEvent } from './schema.ts';
import type { ParticipantRow } from './schema.ts';
import type { SilenceWatch } from './silence.ts';

/** ConfBridge keeps no room before somebody is in it, and no list of who may come: dial-in.ts asks us for each caller. */
export const confBridgeCapabilities: BridgeCapabilities = {
  preCreate: false,
  dialIn: true,
  participants: true,
  hosts: true,
  events: true,
  mute: true,
  kick: true,
  lock: true,
  end: true,
  record: false,
  dialOut: false,
  joinLinks: false,
};

/** Names of rooms that are ours; others on the same PBX are left alone. */
const roomPattern = /^[a-z0-9]+$/;

/** Between two looks at a list that should change. */
const lookEveryMs = 200;

export interface BridgeOptions {
  config: AsteriskConfig;
  clock: Clock;
  hub: Hub;
  doorkeeper: Doorkeeper;
  silence: SilenceWatch;
  /** What keeps callers from being let in at this moment. */
  dialInGap: () => Gap | null;
}

function checkRoom(room: string): void {
  if (!roomPattern.test(room)) throw new OurError('a room with a strange name');
}

/** Asterisk's ConfBridge over the manager. Every change is verified by a fresh list, because Asterisk says Success too easily. */
export function createConferenceBridge({ config, clock, hub, doorkeeper, silence, dialInGap }: BridgeOptions): ConferenceBridge & Pick<Calls, 'answered'> {
  const { instance, deadlines } = config;
  const rooms = createRooms(hub, instance);
  const putOut = createPutOut({ instance, clock, hub, rooms, doorkeeper, closeMs: deadlines.closeMs });
  const watchers = new Set<(event: BridgeEvent) => void>();
  const calls = createCalls({ instance, config: config.dialOut, clock, hub, tell: ({ room, key }, outcome) => tell({ type: 'called', room, key, outcome, at: clock.now() }) });
  /** When each leg came in, as far as we heard it. */
  const joinedAt = new Map<string, number>();

  function tell(event: BridgeEvent): void {
    for (const fn of watchers) fn(event);
  }

  function hear(packet: AmiPacket): void {
    calls.hear(packet);
    if (!/^Confbridge(Start|Join|Leave|End|Mute|Unmute)$/.test(packet.name)) return;
    const event = readConferenceEvent(packet);
    if (!event || !roomPattern.test(event.conference)) return;
    const { conference: room, channel: leg } = event;
    const at = clock.now();
    silence.heard(room);
    if (packet.name === 'ConfbridgeStart') tell({ type: 'started', room, at });
    if (packet.name.endsWith('ute')) tell({ type: 'changed', room, at });
    if (packet.name === 'ConfbridgeEnd') tell({ type: 'ended', room, at });
    if (packet.name === 'ConfbridgeJoin' && leg !== '') {
      joinedAt.set(leg, at);
      tell({ type: 'joined', room, leg, at });
    }
    if (packet.name === 'ConfbridgeLeave' && leg !== '') {
      joinedAt.delete(leg);
      tell({ type: 'left', room, leg, at });
    }
  }

  hub.onEvent(hear);
  hub.onResync(() => {
    // Who left meanwhile was not heard.
    joinedAt.clear();
    silence.reset();
    tell({ type: 'resync', at: clock.now() });
  });

  /** Refuses what is not in the list: "all" and beginnings of names mean several legs to Asterisk. */
  async function mustBeIn(room: string, name: string): Promise<ParticipantRow> {
    const row = (await rooms.participants(room)).find((each) => each.channel === name);
    if (!row) throw new TheirError(instance, 'gone', 'this participant is no longer in the room');
    return row;
  }

  async function until(what: string, isDone: () => Promise<boolean>, withinMs: number): Promise<void> {
    const end = clock.now() + withinMs;
    while (!(await isDone())) {
      if (clock.now() >= end) throw new TheirError(instance, 'refused', `${what} did not show within ${withinMs} ms`);
      await clock.sleep(lookEveryMs);
    }
  }

  return {
    instance,
    capabilities: { ...confBridgeCapabilities, dialOut: config.dialOut !== undefined },
    dialIn: config.dialIn,

    async ensure({ room }) {
      checkRoom(room);
      await rooms.list();
      const gap = dialInGap();
      if (gap) throw new TheirError(instance, 'unavailable', gap.reason, { remedy: gap.remedy });
      doorkeeper.open(room);
    },

    async close(room) {
      checkRoom(room);
      await putOut.all(room);
    },

    async end(room) {
      checkRoom(room);
      // Those on their way in are kept out with the rest; from then on whoever may come in can come in again.
      await putOut.all(room).finally(() => doorkeeper.open(room));
    },

    async occupancy(room) {
      checkRoom(room);
      return (await rooms.participants(room)).length;
    },

    async participants(room) {
      checkRoom(room);
      const rows = await rooms.participants(room);
      return rows.map((row): BridgeParticipant => ({
        leg: row.channel,
        name: row.calleridname,
        number: row.calleridnum,
        isHost: row.admin,
        isMuted: row.muted,
        joinedAt: joinedAt.get(row.channel) ?? null,
      }));
    },

    async liveRooms() {
      const names = (await rooms.list()).filter((row) => row.parties > 0).map((row) => row.conference).filter((name) => roomPattern.test(name));
      silence.saw(names);
      return names;
    },

    async mute(room, name, muted) {
      checkRoom(room);
      const row = await mustBeIn(room, name);
      if (row.muted === muted) return;
      await hub.call(muted ? 'ConfbridgeMute' : 'ConfbridgeUnmute', { Conference: room, Channel: name });
      await until(muted ? 'muting' : 'unmuting', async () => (await mustBeIn(room, name)).muted === muted, deadlines.confirmMs);
    },

    async kick(room, name) {
      checkRoom(room);
      await putOut.one(room, name);
    },

    async lock(room, locked) {
      checkRoom(room);
      const reply = await hub.call(locked ? 'ConfbridgeLock' : 'ConfbridgeUnlock', { Conference: room });
      if (saysNotThere(reply)) throw new TheirError(instance, 'gone', 'nobody is in this room');
      await until(locked ? 'locking' : 'unlocking', async () => (await rooms.find(room))?.locked === locked, deadlines.confirmMs);
    },

    async isLocked(room) {
      checkRoom(room);
      return (await rooms.find(room))?.locked ?? false;
    },

    mayCall: (number) => channelFor(config.dialOut, number) !== null,

    async call(call) {
      checkRoom(call.room);
      if (!/^[a-z0-9-]{1,64}$/.test(call.key)) throw new OurError('a call with a strange key');
      await calls.begin(call);
    },

    async joinLink() {
      throw new TheirError(instance, 'refused', 'a telephone bridge has no links');
    },

    answered: (uniqueId) => calls.answered(uniqueId),

    onEvent(fn) {
      watchers.add(fn);
      return () => watchers.delete(fn);
    },
  };
}
