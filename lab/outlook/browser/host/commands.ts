import type { BrowserClock } from '../clock.ts';
import { deferred, nothing } from '../deferred.ts';
import type { Channel } from './channel.ts';
import { errorCode } from './errors.ts';
import { eventName, payload } from './events.ts';
import { isUnavailable } from './frame.ts';
import type { Pages } from './pages.ts';
import { record } from './params.ts';

/** How a function of the add-in ended. `options` is what it handed to `event.completed()`. */
export type Outcome =
  | { kind: 'completed'; options: Record<string, unknown> }
  /** The page or the function in it could not be had. */
  | { kind: 'unavailable'; reason: string }
  | { kind: 'timeout' };

export interface CommandOptions {
  /** The page that holds the function. */
  address: string;
  functionName: string;
  /** The event object: `{source: {id}}` or `{type, …}`. */
  event: object;
  /** Outlook's patience, in milliseconds of the computer's time. */
  timeoutMs: number;
  bootTimeoutMs: number;
}

/** Function commands and event handlers: both are a function in a page without a face. */
export interface Commands {
  /** Loads the page, calls the function, waits for `event.completed()` and takes the page away. Never rejects. */
  run: (options: CommandOptions) => Promise<Outcome>;
  completed: (id: string, status: number, eventJson: string) => void;
  /** What runs now or waits for its turn, by function name. */
  readonly running: readonly string[];
  /** Takes all pages away, as Outlook does when another item is opened. */
  abandon: () => void;
}

interface Run { functionName: string; finish: (outcome: Outcome) => void }

function optionsOf(eventJson: string): Record<string, unknown> {
  try {
    return record(record(JSON.parse(eventJson))['completedContext']);
  } catch {
    return {};
  }
}

const abandoned: Outcome = { kind: 'unavailable', reason: 'Another item was opened.' };

export function createCommands({ pages, container, clock }: { pages: Pages; container: HTMLElement; clock: BrowserClock }): Commands {
  const runs = new Map<string, Run>();
  /** Outlook runs calls of one function one after another. */
  const queues = new Map<string, Promise<unknown>>();
  const waiting: string[] = [];
  let count = 0;
  /** Grows when an item goes: what still waits in a queue belonged to the item before. */
  let generation = 0;

  function load({ address, functionName }: CommandOptions, finish: (outcome: Outcome) => void): Channel {
    const channel = pages.open({ address, label: `command ${functionName}`, title: functionName, container });
    channel.frame.addEventListener('load', () => {
      if (isUnavailable(channel.frame)) finish({ kind: 'unavailable', reason: 'The page could not be loaded.' });
    });
    return channel;
  }

  async function start(options: CommandOptions): Promise<Outcome> {
    const id = `AppCmd${count++}`;
    const { functionName, event, timeoutMs, bootTimeoutMs } = options;
    const { promise: outcome, settle } = deferred<Outcome>();
    runs.set(id, { functionName, finish: settle });
    const channel = load(options, settle);
    const stopBoot = clock.after(bootTimeoutMs, () => settle({ kind: 'unavailable', reason: 'The page did not call Office.onReady.' }));
    let stopWaiting = nothing;
    void channel.ready.then(() => {
      stopBoot();
      stopWaiting = clock.after(timeoutMs, () => settle({ kind: 'timeout' }));
      channel.fire(eventName.commandInvoked, payload.commandInvoked(id, functionName, event));
    });
    const result = await outcome;
    stopBoot();
    stopWaiting();
    runs.delete(id);
    // One turn later, so that the answer to the page's last call still reaches it.
    await clock.soon();
    pages.close(channel);
    return result;
  }

  return {
    get running() { return [...[...runs.values()].map(({ functionName }) => functionName), ...waiting]; },
    run(options) {
      const before = queues.get(options.functionName) ?? Promise.resolve();
      const asked = generation;
      waiting.push(options.functionName);
      const result = before.then(() => {
        waiting.splice(waiting.indexOf(options.functionName), 1);
        return asked === generation ? start(options) : abandoned;
      });
      queues.set(options.functionName, result);
      return result;
    },
    completed(id, status, eventJson) {
      if (status === 0) return runs.get(id)?.finish({ kind: 'completed', options: optionsOf(eventJson) });
      const reason = status === errorCode.functionNotFound ? 'The page has no such function.' : `The page answered ${status}.`;
      runs.get(id)?.finish({ kind: 'unavailable', reason });
    },
    abandon() {
      generation += 1;
      for (const { finish } of runs.values()) finish(abandoned);
    },
  };
}
