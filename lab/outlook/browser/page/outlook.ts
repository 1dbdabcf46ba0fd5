import type { Form, ItemFacts, ItemFields } from '../host/item.ts';
import type { Notification } from '../host/notifications.ts';
import type { NestedAuth } from '../host/nested-app-auth.ts';
import type { OpenRequest } from '../host/open-request.ts';
import type { AlertQuestion } from '../host/smart-alert.ts';
import type { TraceEntry } from '../host/trace.ts';
import type { Manifest } from '../manifest/types.ts';
import type { Notice, NoticeKind } from './infobar.ts';
import type { SendResult } from './send.ts';

/** The open item, as a copy. */
export interface ItemState { form: Form; owner: string; fields: ItemFields; facts: ItemFacts; session: Record<string, string>; notifications: Notification[] }

/** What the add-in's pane can be asked. `frame` is null while it is closed. */
export interface TaskpaneState { isOpen: boolean; isPinned: boolean; frame: HTMLIFrameElement | null; address: string | null; close: () => void; pin: (isPinned: boolean) => void }

/**
 * The lab's Outlook, for tests and for the page around it; `window.outlook` on every page that mounts it.
 *
 *     await outlook.open({ mode: 'new', fields: { subject: 'Weekly', attendees: […] } });
 *     await outlook.press('Conference > Add conference');   // a menu's item, by the labels of the ribbon; 'Tieline' for a button
 *     await outlook.idle();                                 // handlers have ended, every call is answered
 *     outlook.item.fields.body.content
 *     outlook.failNext(38, 9020);                           // the next body.setAsync fails
 *     const result = await outlook.send();                  // {kind: 'sent' | 'saved' | 'asked' | 'failed', …}
 *     if (result.kind === 'asked') await outlook.answer('send');
 *     outlook.trace.filter(({ dispid }) => dispid === 38)   // what the add-in asked for
 */
export interface Outlook {
  /** Every message over the wire, in both directions, oldest first. */
  readonly trace: TraceEntry[];
  clearTrace: () => void;
  /** The add-in as its manifest describes it. */
  readonly manifest: Manifest;
  readonly item: ItemState | null;
  /** Changes fields as a person at the form would. */
  edit: (fields: Partial<ItemFields>) => void;
  /** Opens an item in the window; resolves when it is shown. Launch events may still run: await `idle`. */
  open: (request: OpenRequest) => Promise<void>;
  /** Reads the open event again, unless the form holds changes of its own. */
  refresh: () => Promise<void>;
  /** Looks for new mails, as Outlook does when its server says that there are some. */
  checkMail: () => Promise<void>;
  /** Resolves when no handler runs, no call waits for an answer and the pane is up. */
  idle: () => Promise<void>;
  /** Presses a command of the ribbon by its labels; resolves when its function ended or its pane is up. Rejects when there is none, naming those that are. */
  press: (path: string) => Promise<void>;
  /** Presses Send (or Send update, or Save). `asked`: a question is on the screen, to be answered by `answer`. */
  send: () => Promise<SendResult | { kind: 'asked'; question: AlertQuestion }>;
  /** Answers the question on the screen as a click would, and waits for what follows. */
  answer: (choice: 'send' | 'stay') => Promise<SendResult | { kind: 'asked'; question: AlertQuestion }>;
  readonly question: AlertQuestion | null;
  /** Cancels the open meeting and tells the attendees. No add-in hears of it. Resolves with the number of mails. */
  cancel: (comment?: string) => Promise<number>;
  /** The next call of `dispid` fails with this Office error code; 98 is getAccessToken. */
  failNext: (dispid: number, code: number) => void;
  /** Every call of `dispid` fails, until null. */
  failAlways: (dispid: number, code: number | null) => void;
  /** What this Outlook claims to be able to do: `Mailbox` lower plays an older one; `NestedAppAuth: '1.1'` switches that on. For pages that open from now on. */
  readonly sets: Record<string, string>;
  /** What nested app authentication was asked, and what it shall refuse. */
  readonly nestedAppAuth: NestedAuth;
  /** How long Outlook waits for the send handler before it gives up, ms of the computer's time. 300,000 in Outlook. */
  sendTimeout: number;
  /** After how long it says that the handler is slow. 5,000 in Outlook. */
  slowAfter: number;
  /** How long a page may take to come up. */
  bootTimeout: number;
  readonly taskpane: TaskpaneState;
  /** What the information bar says for Outlook itself; the add-in's messages are in `item.notifications`. */
  readonly notices: readonly Notice[];
  notice: (text: string, kind?: NoticeKind) => void;
  /** Calls `fn` with the body (HTML or text) now and after every change, and with '' when no item is open. Returns a function that stops it. */
  onBody: (fn: (body: string) => void) => () => void;
  /** Calls `fn` after every change of the item and when another is opened. Returns a function that stops it. */
  onChange: (fn: (item: ItemState | null) => void) => () => void;
  setTheme: (theme: 'light' | 'dark') => void;
  /** The lab's clock was turned: the distance from the computer's time, or a standstill (epoch ms UTC). */
  followClock: (state: { offsetMs: number; pausedAt: number | null }) => void;
  unmount: () => void;
}
