import type { Applications } from '../calls/applications.ts';
import { type Channel, isAlive } from '../calls/channel.ts';
import type { Channels } from '../calls/channels.ts';
import { dialPhone, type DialParts } from '../calls/dial.ts';
import { filled, holds } from './fill.ts';
import { type Context, readScript, stepsFor, type Step } from './read.ts';

/** A dialplan that somebody wrote as text. */
export interface Script {
  exists(context: string, extension: string): boolean;
  run(channel: Channel): Promise<void>;
}

interface Place { context: string; extension: string; steps: readonly Step[]; next: number }

/** What Dial says of a leg that ended before it was answered, by its cause (app_dial.c, handle_cause). */
const statuses: Readonly<Record<number, string>> = { 17: 'BUSY', 34: 'CONGESTION', 42: 'CONGESTION', 3: 'CHANUNAVAIL', 20: 'CHANUNAVAIL' };

/**
 * Runs contexts of `text` step by step: Goto, GotoIf, Gosub, Return, ExecIf and Dial, everything else by the lab's applications. Dial rings one phone (`PJSIP/201`), or leads a `Local/`
 * leg through its context until that hangs up; nobody can be joined by such a leg.
 */
export function createScript(parts: DialParts & { applications: Applications; channels: Channels }, text: string): Script {
  const { applications, channels, variables } = parts;
  const contexts: ReadonlyMap<string, Context> = readScript(text);

  function placeAt(context: string, extension: string, priority = '1'): Place {
    const steps = stepsFor(contexts.get(context), extension) ?? [];
    const next = /^\d+$/.test(priority) ? Number(priority) - 1 : steps.findIndex(({ label }) => label === priority);
    if (!steps[next]) throw new Error(`the script has no ${extension}@${context}, priority ${priority}`);
    return { context, extension, steps, next };
  }

  /** `[[context,]extension,]priority`. */
  function placeOf(here: Place, target: string): Place {
    const [priority = '', extension = here.extension, context = here.context] = target.split(',').map((each) => each.trim()).toReversed();
    return placeAt(context, extension, priority);
  }

  async function dial(channel: Channel, data: string): Promise<number> {
    const [, extension, context] = /^Local\/(\w+)@([\w-]+)/.exec(data) ?? [];
    if (extension === undefined || context === undefined) return dialPhone(parts, channel, /^PJSIP\/(\w+)/.exec(data)?.[1] ?? '');
    channels.step(channel, 'Dial', data);
    const leg = channels.create({ phone: channel.phone, name: `Local/${extension}@${context}`, linkedId: channel.linkedId, state: 4, caller: channel.caller, context, extension, hear: () => undefined });
    if (!leg) return -1;
    await run(leg);
    if (leg.answeredAt !== null) throw new Error('the lab joins nobody by a Local leg');
    variables.set(channel, 'DIALSTATUS', statuses[leg.cause] ?? 'NOANSWER');
    return isAlive(channel) ? 0 : -1;
  }

  async function application(channel: Channel, name: string, data: string): Promise<void> {
    const result = name.toLowerCase() === 'dial' ? await dial(channel, data) : await applications.run(channel, name, data);
    // An application that is not there ends the call, as one that fails.
    if (result < 0) channels.hangUp(channel, { cause: 16, by: 'exchange' });
  }

  async function run(channel: Channel): Promise<void> {
    const callers: { place: Place; arguments: Map<string, string> }[] = [];
    let place = placeAt(channel.context, channel.extension);
    while (isAlive(channel)) {
      const step = place.steps[place.next];
      if (!step) return channels.hangUp(channel, { cause: 16, by: 'exchange' });
      place.next += 1;
      Object.assign(channel, { context: place.context, extension: place.extension, priority: place.next });
      const data = filled(variables, channel, step.data);
      const [, condition = '', outcome = ''] = /^([^?]*)\?(.*)$/s.exec(data) ?? [];
      switch (step.application.toLowerCase()) {
        case 'goto':
          place = placeOf(place, data);
          break;
        case 'gotoif':
          if (holds(condition)) place = placeOf(place, outcome);
          break;
        case 'gosub': {
          const [, target = data, given = ''] = /^([^(]*)\((.*)\)$/s.exec(data) ?? [];
          callers.push({ place, arguments: new Map([...channel.variables].filter(([name]) => /^ARG\d+$/.test(name))) });
          given.split(',').forEach((value, index) => channel.variables.set(`ARG${index + 1}`, value));
          place = placeOf(place, target);
          break;
        }
        case 'return': {
          const caller = callers.pop();
          if (!caller) throw new Error(`Return without Gosub in ${place.context}`);
          for (const name of channel.variables.keys()) if (/^ARG\d+$/.test(name)) channel.variables.delete(name);
          for (const [name, value] of caller.arguments) channel.variables.set(name, value);
          place = caller.place;
          break;
        }
        case 'execif': {
          const [, name, given = ''] = /^(\w+)\((.*)\)$/s.exec(outcome) ?? [];
          if (name !== undefined && holds(condition)) await application(channel, name, given);
          break;
        }
        default:
          await application(channel, step.application, data);
      }
    }
  }

  return { exists: (context, extension) => stepsFor(contexts.get(context), extension) !== undefined, run };
}
