import type { Header } from '../ami/packet.ts';
import type { Bus } from '../bus.ts';
import { type Channel, channelHeaders } from '../calls/channel.ts';
import type { DeviceStates } from '../states/device-states.ts';
import { type Box, boxName } from './boxes.ts';
import type { Counts, Spool } from './spool.ts';

/** Message waiting: what Asterisk has last told about a box. Phones light their lamp by it, so it may be wrong where nobody told. */
export interface Waiting {
  /** Tells the counts of this moment. `channel`: somebody in a call caused it. */
  tell(box: Box, channel?: Channel): void;
  /** VoicemailRefresh: tells only where the counts differ from what was told last, and only of boxes that were told of before or belong to a phone. */
  refresh(match: (box: Box) => boolean): void;
  /** Whether phones of that box show the light. */
  light(box: Box): boolean;
  /** What was told is forgotten. */
  crash(): void;
  /** Phones ask anew after they registered, and are told. */
  registered(): void;
}

export function createWaiting({ bus, devices, spool }: { bus: Bus; devices: DeviceStates; spool: Spool }): Waiting {
  const told = new Map<Box, Counts>();

  function tell(box: Box, channel?: Channel): void {
    const counts = spool.counts(box);
    told.set(box, counts);
    const headers: Header[] = [
      ...(channel ? channelHeaders(channel) : []), ['Mailbox', boxName(box)], ['Waiting', counts.new > 0 ? 1 : 0], ['New', counts.new], ['Old', counts.old],
    ];
    bus.publish(['call'], 'MessageWaiting', headers);
    devices.set(`MWI:${boxName(box)}`, counts.new > 0 ? 'INUSE' : 'NOT_INUSE');
  }

  return {
    tell,
    refresh(match) {
      for (const box of spool.boxes().filter(match)) {
        const last = told.get(box);
        const now = spool.counts(box);
        if (!last || last.new !== now.new || last.old !== now.old || last.urgent !== now.urgent) tell(box);
      }
    },
    light: (box) => (told.get(box)?.new ?? 0) > 0,
    crash: () => told.clear(),
    registered() {
      for (const box of spool.boxes()) {
        const counts = spool.counts(box);
        // Told silently, to the phones alone.
        if (!told.has(box)) told.set(box, counts);
        devices.set(`MWI:${boxName(box)}`, counts.new > 0 ? 'INUSE' : 'NOT_INUSE');
      }
    },
  };
}
