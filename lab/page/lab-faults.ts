import type { Asterisk } from '../asterisk/index.ts';
import type { Mend } from '../asterisk/faults.ts';
import type { Gateway } from '../gateway.ts';
import type { GraphStandIn } from '../graph/index.ts';
import { phones } from '../people.ts';
import { createFaults, type Faults, type FaultSwitch } from './faults.ts';
import type { World } from './world.ts';

/** Every switch of the lab page, bound to the stand-in that it breaks (ux.md §5). */
export interface LabFaults {
  switches: Faults;
  /** How notifications fare, for the calendar card. */
  calendarNote(): World['calendar']['note'];
}

interface Breakable {
  asterisk: Asterisk;
  graph: GraphStandIn;
  gateway(): Gateway | undefined;
  trouble: { isSignInRefused: boolean };
}

const deskPhone = phones[0]?.extension ?? '201';
const slowBridgeMs = 8_000;
const lateMs = 60_000;
const slowPaneMs = 3_000;

export function createLabFaults({ asterisk, graph, gateway, trouble }: Breakable): LabFaults {
  const { notifications } = graph.faults;
  const set = (name: string, turn: (on: boolean) => void): FaultSwitch => ({ name, set: turn });
  const pbx = (name: string, break_: () => Mend | Promise<Mend>): FaultSwitch => {
    let mend: Promise<Mend> | undefined;
    return set(name, (on) => {
      if (on) mend ??= Promise.resolve(break_());
      else {
        void mend?.then((undo) => undo());
        mend = undefined;
      }
    });
  };
  const onGateway = (turn: (faults: Gateway['faults'], on: boolean) => void) => (on: boolean): void => {
    const open = gateway();
    if (open) turn(open.faults, on);
  };

  const switches = createFaults([
    pbx('bridge-down', () => asterisk.faults.down()),
    pbx('bridge-slow', () => asterisk.faults.slow(slowBridgeMs)),
    pbx('bridge-half-open', () => asterisk.faults.halfOpen()),
    pbx('bridge-refuses', () => asterisk.faults.permissionRefused()),
    set('calendar-429', (on) => graph.faults.throttle(on ? '30' : null)),
    set('notifications-lost', (on) => void (notifications.lost = on ? 1 : 0)),
    set('notifications-late', (on) => void (notifications.lateMs = on ? lateMs : 0)),
    set('notifications-twice', (on) => void (notifications.twice = on)),
    set('pane-offline', onGateway((faults, on) => void (faults.offline = on))),
    set('pane-slow', onGateway((faults, on) => void (faults.slowMs = on ? slowPaneMs : 0))),
    set('sign-in-refused', (on) => void (trouble.isSignInRefused = on)),
    set('send-no-answer', onGateway((faults, on) => void (faults.sendHangs = on))),
    pbx('phone-unplugged', () => asterisk.faults.unplugged(deskPhone)),
    pbx('phone-busy', () => asterisk.faults.busy(deskPhone)),
  ]);

  function isOn(name: string): boolean {
    return switches.list().some((fault) => fault.name === name && fault.isOn);
  }

  return {
    switches,
    calendarNote() {
      if (isOn('calendar-429')) return 'throttled';
      if (isOn('notifications-lost')) return 'lost';
      if (isOn('notifications-late')) return 'late';
      return isOn('notifications-twice') ? 'twice' : 'watched';
    },
  };
}
