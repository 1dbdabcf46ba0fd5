import { ServerError } from '../api.ts';
import { eventName, payload } from '../host/events.ts';
import type { Host } from '../host/host.ts';
import type { OpenItem } from '../host/item.ts';
import { isAppointment } from '../host/item.ts';
import type { Notification } from '../host/notifications.ts';
import { notificationTypes } from '../host/notifications.ts';
import type { OpenRequest } from '../host/open-request.ts';
import type { Command } from '../manifest/types.ts';
import { createAgenda } from './agenda.ts';
import type { Form } from './form.ts';
import { createForm } from './form.ts';
import type { Formats } from './format.ts';
import type { Chrome } from './frame-parts.ts';
import type { Infobar, Notice } from './infobar.ts';
import { createMailboxView } from './mailbox-view.ts';
import { itemFor } from './opening.ts';
import type { Ribbon } from './ribbon.ts';
import type { CoreActions } from './surface.ts';
import { coreFor, groupsFor, isAddinShown } from './surface.ts';
import type { Taskpane } from './taskpane.ts';
import type { Words } from './words.ts';

const fortnightMs = 14 * 86_400_000;
/** Outlook gives a function command as long as an event handler. */
const commandTimeoutMs = 300_000;

export interface WindowParts { host: Host; chrome: Chrome; ribbon: Ribbon; infobar: Infobar; pane: Taskpane; words: Words; formats: Formats }

/** The window: which item it shows, and what its buttons do. */
export interface OutlookWindow {
  readonly item: OpenItem | null;
  readonly request: OpenRequest;
  readonly notices: readonly Notice[];
  /** `keepPane`: the pane is opened again beside the new item. */
  open: (request: OpenRequest, options?: { keepPane?: boolean }) => Promise<void>;
  notice: (notice: Notice) => void;
  dismissNotice: (notice: Notice) => void;
  dismissNotification: (notification: Notification) => void;
  act: (notification: Notification) => void;
  run: (command: Command) => Promise<void>;
  focusAttendees: () => void;
  /** Leaves what is open for the inbox. */
  showInbox: () => Promise<void>;
  /** Looks whether there are new mails. */
  checkMail: () => Promise<void>;
  onChange: (fn: () => void) => () => void;
}

export function createWindow({ host, chrome, ribbon, infobar, pane, words, formats }: WindowParts, actions: CoreActions): OutlookWindow {
  let item: OpenItem | null = null;
  let request: OpenRequest = { mode: 'none' };
  let form: Form | null = null;
  let notices: Notice[] = [];
  let turns = 0;
  let stops: (() => void)[] = [];
  const watchers = new Set<() => void>();
  const mailbox = createMailboxView({ services: host.services, formats, words, open: (next) => void openItem(next), redraw: () => void redrawLists() });
  /** Messages that the add-in asked to be kept, by the id of their item. */
  const kept = new Map<string, readonly Notification[]>();

  function drawHead(): void {
    ribbon.draw(coreFor(item, words, actions, request.mail?.kept?.folder), groupsFor(item, host));
    const kind = item && !isAppointment(item) ? [words.newMail, words.mail] : [words.newMeeting, words.meeting];
    const subject = item?.fields.subject ?? '';
    const title = item ? [subject, subject || item.facts.id ? kind[1] : kind[0]].filter(Boolean).join(' · ') : words.nothingOpen;
    chrome.setTitle(title, item && !isAppointment(item) ? 'mail' : 'calendar');
  }

  function drawInfobar(): void {
    infobar.draw(notices, item?.notifications.all ?? []);
  }

  async function drawContent(): Promise<void> {
    form?.stop();
    form = item ? createForm({ item, directory: host.services.directory, formats, words }) : null;
    if (form) return chrome.content.replaceChildren(form.element);
    const now = host.services.clock.now();
    const [mails, items] = await Promise.all([mailbox.draw(), host.services.api.list(host.services.user.address, now, now + fortnightMs)]);
    // Drawn anew while somebody is in the list, focus stays on the same mail.
    const focused = document.activeElement instanceof HTMLElement && chrome.content.contains(document.activeElement) ? document.activeElement.dataset['mail'] : undefined;
    chrome.content.replaceChildren(mails, createAgenda({ items, formats, words, open: ({ id }) => void openItem({ mode: 'edit', id }), create: () => void openItem({ mode: 'new' }) }));
    if (focused) mails.querySelector<HTMLElement>(`[data-mail="${CSS.escape(focused)}"]`)?.focus();
  }

  /** Nothing is open: the lists are drawn as they are now. */
  async function redrawLists(): Promise<void> {
    const turn = turns;
    try {
      if (!item && turn === turns) await drawContent();
    } catch (error) {
      if (!(error instanceof ServerError)) throw error;
      setNotice({ kind: 'error', text: error.message });
    }
  }

  async function checkMail(): Promise<void> {
    await Promise.all([mailbox.count(), redrawLists()]);
    chrome.setUnread(mailbox.unread);
  }

  function leave(): void {
    for (const stop of stops) stop();
    if (item?.facts.id) kept.set(item.facts.id, item.notifications.all.filter(({ persistent }) => persistent === true));
    host.dialogs.dismiss();
  }

  function watch(next: OpenItem): void {
    for (const notification of kept.get(next.facts.id ?? '') ?? []) next.notifications.add(notification);
    stops = [
      next.notifications.watch(drawInfobar),
      next.watch((changed) => {
        if (changed.has('subject') || changed.has('attendees')) drawHead();
        told();
      }),
    ];
  }

  function told(): void {
    for (const watcher of watchers) watcher();
  }

  /** What the mailbox has for a request; null when nothing, undefined when it refused, which the information bar then says. */
  async function fetched(next: OpenRequest): Promise<OpenItem | null | undefined> {
    try {
      await host.services.syncClock();
      return await itemFor(next, host.services);
    } catch (error) {
      if (!(error instanceof ServerError)) throw error;
      setNotice({ kind: 'error', text: error.message });
      return undefined;
    }
  }

  async function openItem(next: OpenRequest, { keepPane = false } = {}): Promise<void> {
    const turn = ++turns;
    const found = await fetched(next);
    // Whoever was asked for last is shown, however long the mailbox took for the others.
    if (found === undefined || turn !== turns) return;
    const missing = found === null && next.mode !== 'none';
    leave();
    const before = request;
    const action = keepPane ? pane.action : null;
    if (!pane.isPinned) pane.close();
    item = found;
    request = next;
    notices = missing ? [{ kind: 'error', text: words.gone }] : keepPane ? notices : [];
    stops = [];
    if (found) watch(found);
    drawHead();
    drawInfobar();
    await drawContent();
    host.show(found, next.events !== false && found !== null && isAddinShown(found, host));
    if (action && found) pane.open(action);
    told();
    await mailbox.left(before);
    await mailbox.count();
    chrome.setUnread(mailbox.unread);
  }

  function find(commandId: string): Command | undefined {
    const controls = groupsFor(item, host).flatMap((group) => group.controls);
    return controls.flatMap((control) => (control.kind === 'button' ? [control] : control.items)).find(({ id }) => id === commandId);
  }

  async function run(command: Command): Promise<void> {
    const { action, id } = command;
    if (action.kind === 'pane') {
      if (pane.action?.address !== action.address) pane.open(action);
      // A page that never calls Office.onReady stays as it is, and nobody waits for it for ever.
      const { channel } = pane;
      return channel ? Promise.race([channel.ready, channel.ended, host.services.clock.soon(host.bootTimeoutMs)]) : undefined;
    }
    const address = host.services.manifest.functionFile;
    if (!address) return setNotice({ kind: 'error', text: 'The manifest has a function, but no FunctionFile.' });
    ribbon.setBusy(id, true);
    const outcome = await host.commands.run({ address, functionName: action.name, event: { source: { id } }, timeoutMs: commandTimeoutMs, bootTimeoutMs: host.bootTimeoutMs });
    ribbon.setBusy(id, false);
    if (outcome.kind === 'unavailable') setNotice({ kind: 'error', text: `${command.label}: ${outcome.reason}` });
  }

  function setNotice(notice: Notice): void {
    notices = [notice];
    drawInfobar();
  }

  return {
    run,
    checkMail,
    showInbox() {
      mailbox.chooseInbox();
      return openItem({ mode: 'none' });
    },
    open: openItem,
    get item() { return item; },
    get request() { return request; },
    get notices() { return notices; },
    notice: setNotice,
    dismissNotice(notice) {
      notices = notices.filter((each) => each !== notice);
      drawInfobar();
    },
    dismissNotification({ key, type }) {
      item?.notifications.remove(key);
      const infobarDetails = { actionType: 1, infobarType: notificationTypes.indexOf(type) } as const;
      host.tell(eventName.infobarClicked, payload.infobarClicked(infobarDetails));
      void host.launchEvents.run('OnInfoBarDismissClicked', { infobarDetails });
    },
    act({ actions: offered }) {
      const command = find(offered?.[0]?.commandId ?? '');
      if (command) void run(command);
    },
    focusAttendees: () => form?.focusAttendees(),
    onChange(fn) {
      watchers.add(fn);
      return () => watchers.delete(fn);
    },
  };
}
