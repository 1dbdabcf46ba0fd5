import type { MemoryMail, MemoryMessage, MemoryPhone } from '../../../server/connectors/memory/index.ts';
import { anns, type EngineWorld } from '../../support/voicemail-world.ts';

/** What can happen, in any order: callers, phones, mail readers, faults and processes. */
export interface Run {
  readonly world: EngineWorld;
  readonly left: MemoryMessage[];
  phone: MemoryPhone | null;
  /** Pressed "delete" on the phone that is in the box. */
  pressed: Set<string>;
  /** Callers' names of messages that a person threw away, on whichever side. */
  readonly thrown: Set<string>;
  /** Whose voicemail a person took back on the phone. */
  readonly saved: Set<string>;
  /** Whose mail a person took out of the trash, destroyed, or filed. */
  readonly untrashed: Set<string>;
  readonly destroyed: Set<string>;
  readonly filed: Set<string>;
  /** Effects until the world ends, and whether it ends before or after that effect. */
  crashIn: number | null;
  crashAfter: boolean;
}

export class Crash extends Error {}

/** A step is a name and a number that chooses whom it befalls. */
export type Act = (run: Run, n: number) => Promise<void> | void;

function some<T>(list: readonly T[], n: number): T | undefined {
  return list.length === 0 ? undefined : list[n % list.length];
}

function mails({ world }: Run): MemoryMail[] {
  return world.mails().filter(({ draft }) => draft !== null);
}

function callerOf(mail: MemoryMail): string {
  return mail.draft?.call.name ?? '';
}

function living({ world }: Run): MemoryMessage[] {
  const { INBOX = [], Old = [] } = world.pbx.boxes.all.get(anns)?.folders ?? {};
  return [...INBOX, ...Old];
}

export function hangUp(run: Run): void {
  run.phone?.hangUp();
  for (const caller of run.pressed) run.thrown.add(caller);
  run.phone = null;
  run.pressed = new Set();
}

/** A phone session that was cut off forgets what was pressed. */
function cutOff(run: Run): void {
  run.phone = null;
  run.pressed = new Set();
}

async function round(run: Run): Promise<void> {
  try {
    const { failure } = await run.world.round();
    if (failure?.fault === 'unreadable') throw failure;
  } catch (error) {
    if (!(error instanceof Crash)) throw error;
    run.world.restart();
  }
}

export const acts: Record<string, { weight: number; act: Act }> = {
  // First, because a history is shortened towards it.
  'a second': { weight: 3, act: (run) => run.world.clock.advance(1_000) },
  call: { weight: 10, act(run, n) {
    const message = run.world.pbx.boxes.leave(anns, { callerName: `caller ${run.left.length}`, isUrgent: n % 7 === 0 });
    if (message) run.left.push(message);
  } },
  'pick up': { weight: 5, act: (run) => void (run.phone ??= run.world.pbx.boxes.pickUp(anns)) },
  'hear by phone': { weight: 6, act(run, n) {
    const copy = some(run.phone?.sees.INBOX ?? [], n);
    if (copy !== undefined) run.phone?.hear(copy);
  } },
  'keep as new by phone': { weight: 3, act(run, n) {
    const copy = some(run.phone?.sees.Old ?? [], n);
    if (copy !== undefined) run.phone?.keepNew(copy);
  } },
  'delete by phone': { weight: 4, act(run, n) {
    const copy = some([...(run.phone?.sees.INBOX ?? []), ...(run.phone?.sees.Old ?? [])], n);
    if (copy === undefined) return;
    run.phone?.remove(copy);
    const message = run.world.pbx.boxes.find(anns, copy)?.message;
    if (message) run.pressed.add(message.callerName);
  } },
  'hang up': { weight: 9, act: hangUp },
  'undelete by phone': { weight: 2, act(run, n) {
    const message = some(run.world.pbx.boxes.all.get(anns)?.folders.Deleted ?? [], n);
    if (!message || run.phone) return;
    run.world.pbx.boxes.move(anns, message.copy, n % 2 === 0 ? 'INBOX' : 'Old');
    // Saved without having been heard: the tables leave its mail unread.
    run.saved.add(message.callerName);
  } },
  'played, and nobody told the lamp': { weight: 2, act(run, n) {
    const message = some(run.world.pbx.boxes.all.get(anns)?.folders.INBOX ?? [], n);
    if (message && !run.phone) run.world.pbx.boxes.playBehind(anns, message.copy);
  } },
  'the same id once more': { weight: 1, act(run, n) {
    const message = some(living(run), n);
    if (message && !run.phone) run.world.pbx.boxes.duplicate(message, anns, 'INBOX');
  } },
  'read mail': { weight: 6, act: (run, n) => onMail(run, n, ({ copy }, id) => run.world.mail.mailboxes.setRead(id, copy, true)) },
  'mark mail unread': { weight: 4, act: (run, n) => onMail(run, n, ({ copy }, id) => run.world.mail.mailboxes.setRead(id, copy, false)) },
  'throw mail away': { weight: 4, act: (run, n) => onMail(run, n, (mail, id) => {
    if (mail.place === 'trash') return;
    run.world.mail.mailboxes.move(id, mail.copy, 'trash');
    run.thrown.add(callerOf(mail));
  }) },
  'take mail back': { weight: 3, act: (run, n) => onMail(run, n, (mail, id) => {
    if (mail.place !== 'trash') return;
    run.world.mail.mailboxes.move(id, mail.copy, 'inbox');
    run.untrashed.add(callerOf(mail));
  }) },
  'file mail': { weight: 2, act: (run, n) => onMail(run, n, (mail, id) => {
    if (mail.place === 'trash') return;
    run.world.mail.mailboxes.move(id, mail.copy, 'elsewhere');
    run.filed.add(callerOf(mail));
  }) },
  'destroy mail': { weight: 1, act: (run, n) => onMail(run, n, (mail, id) => {
    run.world.mail.mailboxes.destroy(id, mail.copy);
    run.destroyed.add(callerOf(mail));
  }) },
  'mailbox is moved': { weight: 1, act(run) {
    const { world } = run;
    const before = world.mailbox;
    if (!before) return;
    world.mailbox = { instance: 'm365', id: `${before.id}+` };
    world.mail.mailboxes.moveMailbox(before.id, world.mailbox.id);
  } },
  'cursors are forgotten': { weight: 1, act: (run) => run.world.mail.forget() },
  'events are lost': { weight: 2, act: (run) => void (run.world.pbx.events = 'lost') },
  'events come twice': { weight: 2, act: (run) => void (run.world.pbx.events = 'twice') },
  'phone system away': { weight: 2, act: (run) => run.world.pbx.setAway(true) },
  'phone system back': { weight: 3, act: (run) => run.world.pbx.setAway(false) },
  'phone system restarts': { weight: 1, act(run) {
    cutOff(run);
    run.world.pbx.restart();
  } },
  'phone system has lost its disk': { weight: 2, act: (run) => void (run.world.pbx.isEmptied = true) },
  'disk is back': { weight: 3, act: (run) => void (run.world.pbx.isEmptied = false) },
  'mail system away': { weight: 2, act: (run) => void (run.world.mail.faults.isAway = true) },
  'mail system back': { weight: 3, act: (run) => void (run.world.mail.faults.isAway = false) },
  'mailbox is full': { weight: 1, act: (run) => void (run.world.mail.isFull = true) },
  'mailbox has room': { weight: 2, act: (run) => void (run.world.mail.isFull = false) },
  'success that failed': { weight: 3, act: (run, n) => void ((n % 2 === 0 ? run.world.pbx : run.world.mail).faults.pretend = 1) },
  'an answer is lost': { weight: 3, act: (run, n) => void ((n % 2 === 0 ? run.world.pbx : run.world.mail).faults.loseAnswers = 1) },
  throttled: { weight: 2, act: (run, n) => void ((n % 2 === 0 ? run.world.pbx : run.world.mail).faults.throttle = 1 + (n % 3)) },
  'killed at an effect': { weight: 4, act(run, n) {
    run.crashIn = n % 6;
    run.crashAfter = n % 2 === 0;
  } },
  'server restarts': { weight: 2, act: (run) => run.world.restart() },
  'some minutes': { weight: 3, act: (run) => run.world.clock.advance(6 * 60_000) },
  round: { weight: 30, act: round },
};

function onMail(run: Run, n: number, does: (mail: MemoryMail, mailboxId: string) => void): void {
  const mail = some(mails(run), n);
  if (mail && run.world.mailbox) does(mail, run.world.mailbox.id);
}

/** Names by weight, to draw from. */
export const lots: readonly string[] = Object.entries(acts).flatMap(([name, { weight }]) => Array.from({ length: weight }, () => name));
