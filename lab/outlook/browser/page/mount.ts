import { createApi } from '../api.ts';
import type { BrowserClock } from '../clock.ts';
import { createBrowserClock } from '../clock.ts';
import { eventName, payload } from '../host/events.ts';
import type { Host } from '../host/host.ts';
import { createHost } from '../host/host.ts';
import type { User } from '../host/initial-data.ts';
import { firstCategories } from '../host/methods/categories.ts';
import { requirementSets } from '../host/app-context.ts';
import { createNestedAuth } from '../host/nested-app-auth.ts';
import type { OpenRequest } from '../host/open-request.ts';
import { createDirectory } from '../host/people.ts';
import type { PageHooks, Services } from '../host/services.ts';
import { createTrace } from '../host/trace.ts';
import type { MailboxPerson, Session } from '../../mailbox.ts';
import { createChrome } from './frame-parts.ts';
import { createDeeds } from './deeds.ts';
import { createFormats } from './format.ts';
import { createInfobar } from './infobar.ts';
import { loadManifest } from './load-manifest.ts';
import { showFrameDialog } from './modal.ts';
import { facade } from './facade.ts';
import type { Outlook } from './outlook.ts';
import { createQuestions } from './questions.ts';
import { createRibbon } from './ribbon.ts';
import type { CoreActions } from './surface.ts';
import { createTaskpane } from './taskpane.ts';
import type { OutlookWindow } from './window.ts';
import { createWindow } from './window.ts';
import { wordsFor } from './words.ts';

export type { Outlook } from './outlook.ts';

export interface OutlookOptions {
  theme?: 'light' | 'dark';
  /** `en-US` or `de-DE`: of the window, the manifest's texts, and `Office.context.displayLanguage`. */
  language?: string;
  /** Who sits at the computer, by mail address; the first of the lab's people when left out. */
  person?: string;
  /** What is shown first; a new meeting when left out. */
  open?: OpenRequest;
  /** A mailbox on premises: identity tokens are given out. */
  accountType?: User['accountType'];
  /** Where the manifest lies, instead of where the server says. */
  manifestUrl?: string;
}

/** Colours that `OfficeThemeChanged` tells, as integers. */
const themeColours = {
  light: { bodyBackgroundColor: 0xffffff, bodyForegroundColor: 0x242424, controlBackgroundColor: 0xf5f5f5, controlForegroundColor: 0x242424 },
  dark: { bodyBackgroundColor: 0x292929, bodyForegroundColor: 0xffffff, controlBackgroundColor: 0x1f1f1f, controlForegroundColor: 0xffffff },
};

function personOf(session: Session, address: string | undefined): MailboxPerson {
  const people = session.people.filter(({ isRoom }) => !isRoom);
  const found = address ? people.find((each) => each.address.toLowerCase() === address.toLowerCase()) : people[0];
  if (!found) throw new Error(`The lab knows nobody with the address ${address ?? '(none)'}.`);
  return found;
}

/** What the add-in's calls may do to the window. */
function hooks(window: () => OutlookWindow, element: () => HTMLElement, closePane: () => void, words: { dialog: string; close: string }): PageHooks {
  return {
    open: (request) => void window().open(request),
    closeItem: () => void window().open({ mode: 'none' }),
    closePane,
    showDialog: (size, onClose) => showFrameDialog(element(), size, words.dialog, words.close, onClose),
    theme: () => themeColours[element().dataset['theme'] === 'dark' ? 'dark' : 'light'],
    tell: (text) => window().notice({ kind: 'info', text }),
  };
}

/**
 * Puts the lab's Outlook into `element`, which it fills. Needs `/lab/outlook/styles.css` on the page and the routes of lab/outlook on the server.
 * Also sets `window.outlook`. Rejects when the server does not answer; a manifest that cannot be read leaves Outlook without the add-in, and says so.
 */
export async function mountOutlook(element: HTMLElement, options: OutlookOptions = {}): Promise<Outlook> {
  const language = options.language ?? 'en-US';
  const words = wordsFor(language);
  const clock: BrowserClock = createBrowserClock();
  const api = createApi('/lab/api/outlook/');
  const session = await api.session();
  clock.follow(session.clock);
  const { manifest, problem } = await loadManifest(options.manifestUrl ?? session.manifestUrl, language);
  const person = personOf(session, options.person);
  const user: User = { ...person, accountType: options.accountType ?? 'office365' };
  const formats = createFormats(language, person.zone);
  const image = manifest.iconAddress;

  const made: { window?: OutlookWindow } = {};
  const shown = (): OutlookWindow => {
    if (!made.window) throw new Error('Outlook is still being put together.');
    return made.window;
  };
  const actions: CoreActions = {
    send: () => void deeds.send(),
    cancel: () => void questions.cancelMeeting().then((comment) => (comment === null ? undefined : deeds.cancel(comment))),
    discard: () => void deeds.discard(),
    attendees: () => shown().focusAttendees(),
    respond: (answer) => void deeds.respond(answer),
    trash: () => void deeds.mail({ moveTo: 'deleteditems' }),
    restore: () => void deeds.mail({ moveTo: 'inbox' }),
    unread: () => void deeds.mail({ isRead: false }),
    reply: () => void shown().open({ mode: 'message-compose', mail: { to: shown().item ? [shown().item?.facts.organizer ?? user] : [], subject: `RE: ${shown().item?.fields.subject ?? ''}` } }),
  };
  const ribbon = createRibbon(words.ribbon, (command) => void shown().run(command));
  const infobar = createInfobar({
    words,
    image: (resourceId) => manifest.images[resourceId] ?? null,
    dismissNotice: (notice) => shown().dismissNotice(notice),
    dismissNotification: (notification) => shown().dismissNotification(notification),
    act: (notification) => shown().act(notification),
  });
  const pane = createTaskpane({ title: manifest.displayName, image, words, pages: () => host.pages });
  const chrome = createChrome({ words, user: user.name, ribbon: ribbon.element, infobar: infobar.element, pane: pane.element, close: () => void shown().open({ mode: 'none' }), inbox: () => void shown().showInbox() });
  const page = hooks(shown, () => chrome.element, () => pane.close(), words);
  const services: Services = {
    api, clock, directory: createDirectory(session.people), user, manifest, page, settings: await api.settings(user.address), masterCategories: firstCategories, nested: createNestedAuth({ api, person: user.address }), sets: { ...requirementSets },
    syncClock: async () => clock.follow((await api.session()).clock),
  };
  const trace = createTrace(clock.now);
  const host: Host = createHost({ services, trace, locale: language, backstage: chrome.backstage, told: (channel, action) => void pane.told(channel, action) });
  const questions = createQuestions({ parent: chrome.element, words, manifest, image });
  const deeds = createDeeds({ host, window: shown, questions, words, formats, clock });
  made.window = createWindow({ host, chrome, ribbon, infobar, pane, words, formats }, actions);

  function setTheme(theme: 'light' | 'dark'): void {
    chrome.element.dataset['theme'] = theme;
    host.tell(eventName.themeChanged, payload.themeChanged(page.theme()));
  }

  function unmount(): void {
    host.show(null, false);
    for (const channel of host.pages.all) host.pages.close(channel);
    element.replaceChildren();
  }

  setTheme(options.theme ?? 'light');
  element.replaceChildren(chrome.element);
  await shown().open(options.open ?? { mode: 'new' });
  if (problem) shown().notice({ kind: 'error', text: words.noRibbon(problem) });
  const outlook = facade({ host, window: shown(), deeds, questions, pane, trace, clock, setTheme, unmount });
  Object.assign(globalThis, { outlook });
  return outlook;
}
