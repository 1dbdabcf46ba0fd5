import type { Header } from '../ami/packet.ts';
import type { Bus } from '../bus.ts';
import { aggregate, type DeviceState, type DeviceStates } from './device-states.ts';
import type { PresenceStates } from './presence-states.ts';

/** A hint of the dialplan: which devices and which presentity an extension stands for. */
export interface Hint {
  extension: string;
  context: string;
  devices: readonly string[];
  presentity: string | null;
}

const extensionStates: Record<DeviceState, readonly [status: number, text: string]> = {
  UNKNOWN: [0, 'Idle'], NOT_INUSE: [0, 'Idle'], INUSE: [1, 'InUse'], BUSY: [2, 'Busy'], INVALID: [4, 'Unavailable'], UNAVAILABLE: [4, 'Unavailable'],
  RINGING: [8, 'Ringing'], RINGINUSE: [9, 'InUse&Ringing'], ONHOLD: [16, 'Hold'],
};

export interface Hints {
  readonly all: readonly Hint[];
  /** Headers of an ExtensionStatus for a hint, from Exten on. */
  status(hint: Hint): Header[];
  find(context: string, extension: string): Hint | undefined;
}

/** Parking spaces appear among the hints of a stock Asterisk; a client must filter by context (tried: 701 to 720@parkedcalls). */
const parking: readonly Hint[] = Array.from({ length: 20 }, (_, index) => ({
  extension: String(701 + index), context: 'parkedcalls', devices: [`park:${701 + index}@parkedcalls`], presentity: null,
}));

/** Watches devices and presentities, and tells AMI what became of the extensions behind them. */
export function createHints(bus: Bus, devices: DeviceStates, presences: PresenceStates, own: readonly Hint[]): Hints {
  const all = [...own, ...parking];
  const last = new Map(all.map((hint) => [hint, statusOf(hint)]));

  function statusOf(hint: Hint): number {
    return extensionStates[stateOf(hint)][0];
  }

  function stateOf(hint: Hint): DeviceState {
    return hint.context === 'parkedcalls' ? 'NOT_INUSE' : aggregate(hint.devices.map((device) => devices.get(device)));
  }

  function headers(hint: Hint): Header[] {
    return [['Exten', hint.extension], ['Context', hint.context], ['Hint', `${hint.devices.join('&')}${hint.presentity ? `,${hint.presentity}` : ''}`]];
  }

  function status(hint: Hint): Header[] {
    const [number, text] = extensionStates[stateOf(hint)];
    return [...headers(hint), ['Status', number], ['StatusText', text]];
  }

  devices.onChange((device) => {
    for (const hint of all.filter((each) => each.devices.includes(device))) {
      if (last.get(hint) === statusOf(hint)) continue;
      last.set(hint, statusOf(hint));
      bus.publish(['call'], 'ExtensionStatus', status(hint));
    }
  });

  // Texts go out unescaped here, line ends and all: header injection through a presence message is real (tried).
  presences.onChange((presentity) => {
    const { state, subtype, message } = presences.get(presentity);
    for (const hint of all.filter((each) => each.presentity === presentity)) {
      bus.publish(['call'], 'PresenceStatus', [...headers(hint), ['Status', state], ['Subtype', subtype], ['Message', message]]);
    }
  });

  return {
    all,
    status,
    find: (context, extension) => all.find((hint) => hint.context === context && hint.extension === extension),
  };
}
