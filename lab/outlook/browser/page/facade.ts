import type { BrowserClock } from '../clock.ts';
import type { Host } from '../host/host.ts';
import type { Trace } from '../host/trace.ts';
import type { Command } from '../manifest/types.ts';
import type { Deeds } from './deeds.ts';
import type { ItemState, Outlook } from './outlook.ts';
import type { Questions } from './questions.ts';
import { commandsOf } from './ribbon.ts';
import { groupsFor } from './surface.ts';
import type { Taskpane } from './taskpane.ts';
import type { OutlookWindow } from './window.ts';

export interface FacadeOptions { host: Host; window: OutlookWindow; deeds: Deeds; questions: Questions; pane: Taskpane; trace: Trace; clock: BrowserClock; setTheme: Outlook['setTheme']; unmount: () => void }

/** How often `idle` looks. */
const lookEveryMs = 15;

/** `window.outlook`: see outlook.ts. */
export function facade({ host, window, deeds, questions, pane, trace, clock, setTheme, unmount }: FacadeOptions): Outlook {
  function state(): ItemState | null {
    const { item } = window;
    if (!item) return null;
    const { form, owner, fields, facts, session, notifications } = item;
    return structuredClone({ form, owner, fields, facts, session: Object.fromEntries(session), notifications: [...notifications.all] });
  }

  function find(path: string): Command {
    const known = commandsOf(groupsFor(window.item, host));
    const found = known.find((each) => each.path === path);
    if (!found) throw new Error(`The ribbon has no "${path}". It has: ${known.map((each) => each.path).join(', ') || 'nothing of the add-in'}.`);
    return found.command;
  }

  /** The pane counts as busy until it is up, or until nobody waits for it any more. */
  let upChannel: unknown = null;
  async function isPaneUp(): Promise<boolean> {
    const { channel } = pane;
    if (!channel || channel === upChannel) return true;
    const isUp = await Promise.race([channel.ready.then(() => true), clock.soon(lookEveryMs).then(() => channel.isClosed)]);
    if (isUp) upChannel = channel;
    return isUp;
  }

  return {
    get trace() { return trace.entries; },
    clearTrace: trace.clear,
    get manifest() { return host.services.manifest; },
    get item() { return state(); },
    edit: (fields) => window.item?.change(fields, 'user'),
    open: (request) => window.open(request),
    async refresh() {
      if (window.item?.facts.id && !window.item.isChanged) await window.open({ ...window.request, id: window.item.facts.id }, { keepPane: true });
    },
    checkMail: () => window.checkMail(),
    async idle() {
      do await clock.soon(lookEveryMs);
      while (host.isBusy || deeds.isSending || !(await isPaneUp()));
    },
    async press(path) {
      await window.run(find(path));
    },
    send: deeds.send,
    answer: async (choice) => deeds.answer(choice),
    get question() { return questions.open; },
    cancel: (comment = '') => deeds.cancel(comment),
    failNext: host.failures.next,
    failAlways: host.failures.always,
    nestedAppAuth: host.services.nested,
    sets: host.services.sets,
    get sendTimeout() { return deeds.sendTimeout; },
    set sendTimeout(ms) { deeds.sendTimeout = ms; },
    get slowAfter() { return deeds.slowAfter; },
    set slowAfter(ms) { deeds.slowAfter = ms; },
    get bootTimeout() { return host.bootTimeoutMs; },
    set bootTimeout(ms) { host.bootTimeoutMs = ms; },
    taskpane: {
      get isOpen() { return pane.isOpen; },
      get isPinned() { return pane.isPinned; },
      get frame() { return pane.channel?.frame ?? null; },
      get address() { return pane.action?.address ?? null; },
      close: pane.close,
      pin: pane.setPinned,
    },
    get notices() { return window.notices; },
    notice: (text, kind = 'info') => window.notice({ kind, text }),
    onBody(fn) {
      let last: string | null = null;
      const tell = (): void => {
        const body = window.item?.fields.body.content ?? '';
        if (body !== last) fn((last = body));
      };
      tell();
      return window.onChange(tell);
    },
    onChange: (fn) => window.onChange(() => fn(state())),
    setTheme,
    followClock: clock.follow,
    unmount,
  };
}
