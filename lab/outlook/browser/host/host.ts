import { nothing } from '../deferred.ts';
import type { Channel } from './channel.ts';
import { openChannel } from './channel.ts';
import { createAnswers } from './answers.ts';
import { appContext } from './app-context.ts';
import type { Commands } from './commands.ts';
import { createCommands } from './commands.ts';
import type { Dialogs } from './dialogs.ts';
import { createDialogs } from './dialogs.ts';
import { eventName } from './events.ts';
import type { Failures } from './failures.ts';
import { createFailures } from './failures.ts';
import { createFrame } from './frame.ts';
import { initialData } from './initial-data.ts';
import type { Author, ItemFields, OpenItem } from './item.ts';
import { isCompose } from './item.ts';
import { eventsOf, openingEvents } from './item-events.ts';
import type { LaunchEvents } from './launch-events.ts';
import { createLaunchEvents } from './launch-events.ts';
import type { PageOptions, Pages } from './pages.ts';
import type { Services } from './services.ts';
import type { Trace } from './trace.ts';

export interface HostOptions {
  services: Services;
  trace: Trace;
  locale: string;
  /** Where pages without a face lie. */
  backstage: HTMLElement;
  /** A page told the host something by number: focus, Tab, Esc. */
  told: (channel: Channel, action: number) => void;
}

/** The host of the add-in's pages: one item at a time, any number of pages. */
export interface Host {
  readonly services: Services;
  readonly item: OpenItem | null;
  readonly pages: Pages;
  readonly commands: Commands;
  readonly launchEvents: LaunchEvents;
  readonly dialogs: Dialogs;
  readonly failures: Failures;
  /** How long a page may take to come up, in milliseconds of the computer's time. */
  bootTimeoutMs: number;
  /** Puts an item into the window: handlers of the item before are stopped, pages that stay hear ItemChanged. `events` false: no launch events. */
  show: (item: OpenItem | null, events: boolean) => void;
  /** Tells pages that registered for `name`. */
  tell: (name: string, data: unknown) => void;
  /** True while a call is not answered or a function runs. */
  readonly isBusy: boolean;
}

export function createHost({ services, trace, locale, backstage, told }: HostOptions): Host {
  let item: OpenItem | null = null;
  let stopWatching = nothing;
  let channels: Channel[] = [];
  let bootTimeoutMs = 20_000;
  let frames = 0;
  const failures = createFailures();
  const { manifest, user, directory, clock, page } = services;

  function currentData(): object {
    return initialData({ item, user, permission: manifest.permission, addinId: manifest.id, directory, now: clock.now() });
  }

  function context({ controlId, frame }: Channel): object {
    const { clientHeight: height, clientWidth: width } = frame;
    return appContext({ controlId, appInstanceId: crypto.randomUUID(), correlationId: crypto.randomUUID(), locale, manifest, settings: services.settings, sets: services.sets, height, width });
  }

  function openPage({ address, label, title, container, isDialog = false }: PageOptions): Channel {
    const controlId = `${manifest.id}_${frames++}_${crypto.randomUUID()}`;
    const conversationId = crypto.randomUUID();
    const frame = createFrame({ address, controlId, conversationId, correlationId: crypto.randomUUID(), locale, isDialog, title });
    const channel = openChannel({ frame, label, controlId, conversationId, trace, answers });
    channels = [...channels, channel];
    container.append(frame);
    return channel;
  }

  const pages: Pages = {
    open: openPage,
    get all() { return channels; },
    close(channel) {
      channels = channels.filter((each) => each !== channel);
      channel.close();
      dialogs.close(channel);
    },
  };
  const commands = createCommands({ pages, container: backstage, clock });
  const dialogs = createDialogs({ pages, page });
  const launchEvents = createLaunchEvents({ manifest, commands, bootTimeoutMs: () => bootTimeoutMs });
  const answers = createAnswers({ services, failures, commands, dialogs, item: () => item, context, initialData: currentData, told });

  function tell(name: string, data: unknown): void {
    for (const channel of channels) channel.fire(name, data);
  }

  function changed(events: boolean, fields: ReadonlySet<keyof ItemFields>, before: Readonly<ItemFields>, by: Author): void {
    if (!item) return;
    const windowsZone = directory.find(item.owner)?.windowsZone ?? user.windowsZone;
    for (const { name, data, launch, event } of eventsOf({ item, before, windowsZone }, fields, by)) {
      if (name) tell(name, data);
      if (launch && events && isCompose(item)) void launchEvents.run(launch, event);
    }
  }

  return {
    services, pages, commands, launchEvents, dialogs, failures, tell,
    get item() { return item; },
    get bootTimeoutMs() { return bootTimeoutMs; },
    set bootTimeoutMs(ms) { bootTimeoutMs = ms; },
    get isBusy() { return commands.running.length > 0 || channels.some(({ pending }) => pending > 0); },
    show(next, events) {
      commands.abandon();
      stopWatching();
      item = next;
      stopWatching = next?.watch((fields, before, by) => changed(events, fields, before, by)) ?? nothing;
      tell(eventName.itemChanged, next ? currentData() : '');
      if (next && events && isCompose(next)) for (const type of openingEvents(next)) void launchEvents.run(type, {});
    },
  };
}
