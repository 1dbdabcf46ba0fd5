import type { Bus } from '../bus.ts';
import type { Database } from '../database.ts';

/** States of devices as Asterisk names them. */
export type DeviceState = 'UNKNOWN' | 'NOT_INUSE' | 'INUSE' | 'BUSY' | 'INVALID' | 'UNAVAILABLE' | 'RINGING' | 'RINGINUSE' | 'ONHOLD';

/** Where AstDB keeps the Custom: devices. */
const family = 'CustomDevstate';

/** Weight of each state when several devices share a hint: the heaviest is shown (devicestate.c, and tried). */
const weights: Record<DeviceState, number> = {
  INVALID: 0, UNKNOWN: 1, UNAVAILABLE: 2, NOT_INUSE: 3, ONHOLD: 4, RINGING: 5, INUSE: 6, BUSY: 7, RINGINUSE: 8,
};

export interface DeviceStates {
  get(device: string): DeviceState;
  /** Same value again fires nothing. */
  set(device: string, state: DeviceState): void;
  /** DEVICE_STATE(...)=value from outside: false where Asterisk says "Variable not set". */
  write(device: string, value: string): boolean;
  /** Devices that were ever set, in that order. */
  list(): { device: string; state: DeviceState }[];
  /** Called before the event goes out, so that hints speak first, as in Asterisk. */
  onChange(fn: (device: string) => void): void;
  /** Everything but the Custom: devices, which AstDB keeps, is forgotten. */
  crash(): void;
}

const settable: readonly DeviceState[] = ['NOT_INUSE', 'INUSE', 'BUSY', 'INVALID', 'UNAVAILABLE', 'RINGING', 'RINGINUSE', 'ONHOLD'];

/** Only Custom: devices can be written, and with no state that means "unknown" (tried: UNKNOWN and PURPLE are refused). */
function readable(value: string): DeviceState | null {
  const upper = value.toUpperCase();
  return settable.find((each) => each === upper) ?? null;
}

export function createDeviceStates(bus: Bus, database: Database): DeviceStates {
  let states = new Map<string, DeviceState>();
  const watchers: ((device: string) => void)[] = [];

  function set(device: string, state: DeviceState): void {
    if (states.get(device) === state) return;
    states.set(device, state);
    for (const watcher of watchers) watcher(device);
    bus.publish(['call'], 'DeviceStateChange', [['Device', device], ['State', state]]);
  }

  return {
    set,
    get: (device) => states.get(device) ?? (device.startsWith('Custom:') ? 'UNKNOWN' : 'INVALID'),
    write(device, value) {
      const state = readable(value);
      if (!device.startsWith('Custom:') || !state) return false;
      database.put(family, device.slice('Custom:'.length), value);
      set(device, state);
      return true;
    },
    list: () => [...states].map(([device, state]) => ({ device, state })),
    onChange: (fn) => void watchers.push(fn),
    crash() {
      const kept = database.tree(family).map(({ key, value }): [string, DeviceState] => [`Custom:${key.slice(family.length + 2)}`, readable(value) ?? 'UNKNOWN']);
      states = new Map(kept);
    },
  };
}

/** The one state of several devices: ringing and in use at once is a state of its own, else the heaviest wins. */
export function aggregate(states: readonly DeviceState[]): DeviceState {
  const ringing = states.some((each) => each === 'RINGING' || each === 'RINGINUSE');
  const used = states.some((each) => ['INUSE', 'ONHOLD', 'BUSY', 'RINGINUSE'].includes(each));
  if (ringing && used) return 'RINGINUSE';
  return states.reduce<DeviceState>((heaviest, each) => (weights[each] > weights[heaviest] ? each : heaviest), 'INVALID');
}
