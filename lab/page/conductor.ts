import type { Asterisk } from '../asterisk/index.ts';
import type { TurnableClock } from '../clock.ts';
import type { Exchange } from '../exchange/index.ts';
import { anna, phones, timeZone } from '../people.ts';
import type { Faults } from './faults.ts';
import type { Command, PhoneCard, World } from './world.ts';

/** Puts the page's world together from the stand-ins, and carries out what the visitor does behind the curtain. */
export interface ConductorOptions {
  clock: TurnableClock;
  exchange(): Exchange;
  asterisk(): Asterisk;
  faults: Faults;
  /** How notifications fare just now. */
  calendarNote(): World['calendar']['note'];
  server: { isUp(): boolean; restarts(): number; kill(): void };
  startOver(): Promise<void>;
}

export interface Conductor {
  world(): World;
  onWorld(fn: () => void): () => void;
  /** Something in the world changed; told to the page a moment later, many changes at once. */
  changed(): void;
  perform(command: Command): Promise<void>;
}

/** Lines of the wire that the bridge card shows. */
const linesShown = 200;
const deskPhone = phones[0]?.extension ?? '201';

export function createConductor(options: ConductorOptions): Conductor {
  const { clock } = options;
  const listeners = new Set<() => void>();
  let told: NodeJS.Immediate | undefined;

  /** All changes of one turn of the event loop are told together. */
  function changed(): void {
    told ??= setImmediate(tell);
  }

  function tell(): void {
    told = undefined;
    for (const listener of listeners) listener();
  }

  function day(): { from: number; to: number } {
    const half = 12 * 3_600_000;
    return { from: clock.now() - half, to: clock.now() + half };
  }

  function world(): World {
    const exchange = options.exchange();
    const asterisk = options.asterisk();
    const { from, to } = day();
    return {
      clock: { now: clock.now(), isPaused: clock.state.pausedAt !== null },
      calendar: {
        timeZone,
        events: exchange.view(anna, from, to).map(({ id, subject, start, end, isDraft, seriesMasterId }) => ({ id, subject, start, end, isDraft, isSeries: seriesMasterId !== null })),
        mails: exchange.mails.length,
        note: options.calendarNote(),
      },
      bridge: {
        isConnected: asterisk.sessions().some(({ user }) => user !== null),
        rooms: asterisk.rooms().map((room) => ({ name: room.name, members: room.members.filter((member) => !member.kicked).length })),
        lines: asterisk.log.lines.slice(-linesShown).map((line) => ({ at: line.at, direction: line.direction === 'in' ? '>' : '<', protocol: line.protocol === 'ami' ? 'AMI' : 'AGI', text: line.text })),
      },
      phone: phoneCard(asterisk),
      mailChange: exchange.mail.newest(),
      faults: options.faults.list(),
      server: { isUp: options.server.isUp(), restarts: options.server.restarts() },
    };
  }

  async function perform(command: Command): Promise<void> {
    const exchange = options.exchange();
    const phone = options.asterisk().phone(deskPhone);
    switch (command.do) {
      case 'clock':
        return turn(command);
      case 'fault':
        return options.faults.set(command.name, command.on);
      case 'mend':
        return options.faults.mendAll();
      case 'move': {
        const event = exchange.read(anna, command.id);
        if (!event) throw new Error('That event is no longer in the calendar.');
        exchange.move(anna, command.id, command.start, command.start + event.end - event.start);
        return;
      }
      case 'delete':
        return exchange.remove(anna, command.id);
      case 'dial':
        return phone.dial(command.number);
      case 'press':
        return command.digits.length > 1 ? phone.enter(command.digits) : phone.press(command.digits);
      case 'answer':
        return phone.answer();
      case 'leave-message':
        return leaveMessage(options.asterisk());
      case 'hang-up':
        return phone.hangUp();
      case 'kill-server':
        return options.server.kill();
      case 'start-over':
        return options.startOver();
    }
  }

  function turn(command: Extract<Command, { do: 'clock' }>): void {
    if (command.turn === 'pause') clock.pause();
    else if (command.turn === 'resume') clock.resume();
    else if (command.turn === 'advance') clock.advance(command.by);
    else clock.set(command.to ?? clock.now());
  }

  return {
    world,
    changed,
    async perform(command) {
      await perform(command);
      changed();
    },
    onWorld(fn) {
      listeners.add(fn);
      return () => listeners.delete(fn);
    },
  };
}

function phoneCard(asterisk: Asterisk): PhoneCard {
  const view = asterisk.phone(deskPhone).view();
  const heard = view.hears.map((each) => each.words).filter(Boolean);
  const state = view.plugged ? (view.busy ? 'busy' : view.call?.phase === 'ringing' ? 'ringing' : view.call ? 'talking' : 'idle') : 'unplugged';
  return { extension: deskPhone, state, isLit: view.messageLight, display: [...(view.call ? [view.display[1]] : []), ...heard].slice(-8) };
}

/** Seconds that the colleague speaks. */
const messageSeconds = 8;

/** A colleague calls the desk phone, which does not take the call, hears the greeting, speaks, and hangs up. Rejects when the box takes nothing. */
async function leaveMessage(asterisk: Asterisk): Promise<void> {
  const colleague = asterisk.phone(phones[1]?.extension ?? deskPhone);
  const phone = asterisk.phone(deskPhone);
  colleague.dial(deskPhone);
  const isRinging = (): boolean => phone.view().call?.phase === 'ringing';
  const isThrough = (): boolean => colleague.view().isRecorded || colleague.view().call === null;
  await asterisk.until(() => isRinging() || isThrough() || undefined);
  if (isRinging()) phone.reject();
  await asterisk.until(() => isThrough() || undefined);
  if (!colleague.view().isRecorded) throw new Error(`The box of ${deskPhone} takes no message now.`);
  await colleague.speak(messageSeconds);
  colleague.hangUp();
}
