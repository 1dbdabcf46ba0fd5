import { ServerError } from '../api.ts';
import type { Host } from '../host/host.ts';
import { attendeesOfType, draftOf, isAppointment } from '../host/item.ts';
import type { OpenItem } from '../host/item.ts';
import type { AlertQuestion } from '../host/smart-alert.ts';
import { questionAfter, questionWhenSlow } from '../host/smart-alert.ts';
import { isAddinShown } from './surface.ts';

export type SendResult =
  | { kind: 'sent'; mails: number; id: string | null }
  | { kind: 'saved'; id: string }
  /** The user went back. `question` is what made them. */
  | { kind: 'kept'; question: AlertQuestion }
  | { kind: 'failed'; reason: string };

/** A question on the screen that can be taken away again. */
export interface Asked { answer: Promise<'send' | 'stay'>; close: () => void }

export interface SendOptions {
  host: Host;
  item: OpenItem;
  /** How long Outlook waits before it says that the add-in is slow, and before it gives up; milliseconds of the computer's time. */
  slowAfterMs: number;
  timeoutMs: number;
  ask: (question: AlertQuestion) => Asked;
}

/** Null: goes out. A question: the user went back. */
async function checked({ host, item, slowAfterMs, timeoutMs, ask }: SendOptions): Promise<AlertQuestion | null> {
  if (!isAddinShown(item, host)) return null;
  const type = isAppointment(item) ? 'OnAppointmentSend' : 'OnMessageSend';
  const sendMode = host.launchEvents.handler(type)?.sendMode ?? 'SoftBlock';
  const run = host.launchEvents.run(type, {}, timeoutMs);
  if (!run) return null;
  const slow = questionWhenSlow(sendMode);
  let asked: Asked | null = null;
  const early = new Promise<'send' | 'stay'>((resolve) => {
    const stop = host.services.clock.after(slowAfterMs, () => {
      asked = ask(slow);
      void asked.answer.then(resolve);
    });
    void run.then(stop);
  });
  const first = await Promise.race([run, early]);
  if (first === 'send') return null;
  if (first === 'stay') return slow;
  (asked as Asked | null)?.close();
  const question = questionAfter(first, sendMode);
  if (!question) return null;
  return (await ask(question).answer) === 'send' ? null : question;
}

async function deliver({ host, item }: SendOptions): Promise<SendResult> {
  const { api } = host.services;
  const { body, appendOnSend } = item.fields;
  if (appendOnSend) item.change({ body: { ...body, content: body.content + appendOnSend }, appendOnSend: null }, 'mailbox');
  if (!isAppointment(item)) {
    const { attendees, subject } = item.fields;
    await api.mail(item.owner, { to: attendees, subject, body: item.fields.body.content });
    return { kind: 'sent', mails: attendees.length, id: null };
  }
  const { item: sent, mails } = await api.send(item.owner, draftOf(item));
  return { kind: 'sent', mails, id: sent.id };
}

/** Presses Send: asks the add-in's handler first, then mails. An appointment without attendees is saved, and no handler hears of it (office-addin.md §2.4). */
export async function sendItem(options: SendOptions): Promise<SendResult> {
  const { host, item } = options;
  try {
    if (isAppointment(item) && item.fields.attendees.length === 0 && !item.facts.wasSent) {
      return { kind: 'saved', id: (await host.services.api.save(item.owner, draftOf(item))).id };
    }
    const question = await checked(options);
    return question ? { kind: 'kept', question } : await deliver(options);
  } catch (error) {
    if (error instanceof ServerError) return { kind: 'failed', reason: error.message };
    throw error;
  }
}

/** How many people an item goes to. */
export function recipientsOf(item: OpenItem): number {
  return attendeesOfType(item.fields.attendees, 'required').length + attendeesOfType(item.fields.attendees, 'optional').length;
}
