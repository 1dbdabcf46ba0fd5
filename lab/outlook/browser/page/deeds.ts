import type { MailDeed } from '../../mailbox.ts';
import { ServerError } from '../api.ts';
import type { BrowserClock } from '../clock.ts';
import { nothing } from '../deferred.ts';
import type { Host } from '../host/host.ts';
import type { AlertQuestion } from '../host/smart-alert.ts';
import type { Formats } from './format.ts';
import type { Outlook } from './outlook.ts';
import type { Questions } from './questions.ts';
import type { SendResult } from './send.ts';
import { recipientsOf, sendItem } from './send.ts';
import type { OutlookWindow } from './window.ts';
import type { Words } from './words.ts';

export interface DeedOptions { host: Host; window: () => OutlookWindow; questions: Questions; words: Words; formats: Formats; clock: BrowserClock }
type Sending = Awaited<ReturnType<Outlook['send']>>;

/** What Outlook's own buttons do with the open item. */
export interface Deeds {
  sendTimeout: number;
  slowAfter: number;
  readonly isSending: boolean;
  send: () => Promise<Sending>;
  answer: (choice: 'send' | 'stay') => Promise<Sending>;
  cancel: (comment: string) => Promise<number>;
  discard: () => Promise<void>;
  respond: (answer: 'accepted' | 'tentative' | 'declined') => Promise<void>;
  /** What is done to the mail that is open; the list is shown then. */
  mail: (deed: MailDeed) => Promise<void>;
}

export function createDeeds({ host, window, questions, words, formats, clock }: DeedOptions): Deeds {
  let sendTimeout = 300_000;
  let slowAfter = 5_000;
  let sending: Promise<SendResult> | null = null;
  const { api } = host.services;

  function now(): string {
    return formats.clock(clock.now());
  }

  function ask(question: AlertQuestion): ReturnType<Questions['smartAlert']> {
    return questions.smartAlert(question);
  }

  /** After going back, the pane opens that the handler named, with what it left for it. */
  function goBack({ commandId, contextData }: AlertQuestion): void {
    const { item, act } = window();
    if (!item || !commandId) return;
    item.initializationContext = contextData;
    act({ key: '', type: 'insightMessage', message: '', actions: [{ actionType: 'showTaskPane', actionText: '', commandId }] });
  }

  async function after(result: SendResult, people: number): Promise<void> {
    const { open, notice, request, item } = window();
    if (result.kind === 'failed') return notice({ kind: 'error', text: words.notSent(result.reason) });
    if (result.kind === 'kept') return goBack(result.question);
    await host.services.syncClock();
    const text = result.kind === 'saved' ? words.savedAt(now()) : words.sentTo(people, now());
    const owner = item ? { owner: item.owner } : {};
    // Outlook closes the form; the lab's opens it again, as the calendar now has it, with the pane beside it.
    await open(result.id ? { mode: 'edit', id: result.id, ...owner, ...(request.events === false ? { events: false } : {}) } : { mode: 'none' }, { keepPane: true });
    notice({ kind: 'done', text });
  }

  async function start(): Promise<SendResult> {
    const { item } = window();
    if (!item) throw new Error('No item is open, so there is nothing to send.');
    const people = recipientsOf(item);
    const result = await sendItem({ host, item, slowAfterMs: slowAfter, timeoutMs: sendTimeout, ask });
    await after(result, people);
    return result;
  }

  /** What comes first: the end, or a question. */
  async function firstOf(ending: Promise<SendResult>): Promise<Sending> {
    let stop = nothing;
    const question = new Promise<Sending>((resolve) => {
      stop = questions.onAsked((next) => resolve({ kind: 'asked', question: next }));
    });
    try {
      return await Promise.race([ending, question]);
    } finally {
      stop();
    }
  }

  async function leaveWith(text: () => string): Promise<void> {
    await window().open({ mode: 'none' });
    window().notice({ kind: 'done', text: text() });
  }

  return {
    get sendTimeout() { return sendTimeout; },
    set sendTimeout(ms) { sendTimeout = ms; },
    get slowAfter() { return slowAfter; },
    set slowAfter(ms) { slowAfter = ms; },
    get isSending() { return sending !== null && questions.open === null; },
    send() {
      sending ??= start().finally(() => { sending = null; });
      return firstOf(sending);
    },
    answer(choice) {
      if (!sending) throw new Error('Nothing is being sent.');
      const ending = sending;
      const next = firstOf(ending);
      questions.choose(choice);
      return next;
    },
    async cancel(comment) {
      const { item } = window();
      if (!item?.facts.id) throw new Error('Only a meeting that is in the calendar can be cancelled.');
      const mails = await api.cancel(item.owner, item.facts.id, comment);
      await leaveWith(() => words.cancelledAt(mails, now()));
      return mails;
    },
    async discard() {
      const { item } = window();
      if (!item?.facts.id) return window().open({ mode: 'none' });
      await api.remove(item.owner, item.facts.id);
      await leaveWith(() => words.deletedAt(now()));
    },
    async mail(deed) {
      const { request: { mail } } = window();
      if (!mail?.id || !mail.kept) return;
      try {
        await api.changeMessage(host.services.user.address, mail.id, deed);
        // It has the state that was asked for: leaving it changes nothing more.
        mail.kept.isRead = true;
        await window().open({ mode: 'none' });
      } catch (error) {
        if (!(error instanceof ServerError)) throw error;
        window().notice({ kind: 'error', text: error.message });
      }
    },
    async respond(answer) {
      const { item } = window();
      if (!item?.facts.id) return;
      try {
        await api.respond(item.owner, item.facts.id, answer);
        const label = { accepted: words.accept, tentative: words.tentative, declined: words.decline }[answer];
        await window().open(answer === 'declined' ? { mode: 'none' } : { mode: 'read', id: item.facts.id, owner: item.owner });
        window().notice({ kind: 'done', text: words.answered(label) });
      } catch (error) {
        if (!(error instanceof ServerError)) throw error;
        window().notice({ kind: 'error', text: error.message });
      }
    },
  };
}
