import { isDeleted, type MailSide, type Settled, type VoicemailSide, type Wish } from './pair.ts';
import { rulesOf, type VoicemailPolicy } from './policy.ts';
import type { Condition, Happening, StartUpRow, Step } from './tables.ts';

/** What is known of one pair when it is decided what to do. */
export interface PlanFacts {
  /** Null: not known at this moment (unreachable, or the brake holds). */
  voicemail: VoicemailSide | null;
  /** Null: not known; 'none': it has no mail. */
  mail: MailSide | 'none' | null;
  settled: Settled | null;
  wish: Wish | null;
  /** The first look since the process began. */
  isStartUp: boolean;
  policy: Pick<VoicemailPolicy, 'mode' | 'withAudio' | 'startUp' | 'keepUnheard'>;
  /** A deleted voicemail could be brought back: from the system's trash or from our copy. */
  canUndo: boolean;
  /** The systems can do this. */
  isAble(step: Step): boolean;
}

/** What is kept although a rule says otherwise. */
export type Kept = 'kept-unheard' | 'kept-no-undo' | 'not-able';

export interface Plan {
  steps: Step[];
  /** Both sides once the steps are done. Null: nothing can be settled now. */
  settled: Settled | null;
  /** What asked for the steps, for the line that says why. */
  because: (Happening | 'start-up' | Wish)[];
  kept: Kept | null;
}

/** What is seen of a pair; without a mail that can be seen, null. */
export interface Sides { voicemail: VoicemailSide; mail: { isRead: boolean; isTrash: boolean } | null }

/** Decides what to do about one pair. Pure: the same facts give the same plan, and when its steps are done another plan has none. */
export function plan(facts: PlanFacts): Plan {
  const { voicemail, mail, settled, wish } = facts;
  if (voicemail === null || mail === null) return { steps: [], settled: null, because: [], kept: null };
  const now: Sides = { voicemail, mail: mail === 'none' || mail === 'missing' ? null : { isRead: mail.isRead, isTrash: mail.place === 'trash' } };
  const asked = askedFor(facts, now);
  const { steps, kept } = allowed(asked.steps, facts, now);
  const wanted = wish === null ? [] : wished(wish, now).filter((step) => facts.isAble(step) && !steps.includes(step));
  const all = [...(wanted.length > 0 ? withoutOpposites(steps, wanted) : steps), ...wanted];
  const after = all.reduce(done, now);
  const lastMail = { isRead: settled?.isRead ?? false, isTrash: settled?.isTrash ?? false };
  return { steps: all, settled: { voicemail: after.voicemail, ...(after.mail ?? lastMail) }, because: wish === null ? asked.because : [...asked.because, wish], kept };
}

/** What the rules ask for, without what is so already. */
function askedFor({ settled, policy, isStartUp }: PlanFacts, now: Sides): { steps: Step[]; because: Plan['because'] } {
  const rules = rulesOf(policy);
  if (now.mail === null) return { steps: [], because: [] };
  if (settled === null || (isStartUp && policy.startUp === 'tables')) {
    const steps = resolved(rules.startUp.filter((row) => fits(row, now)).map(({ action }) => action), now);
    return { steps, because: steps.length > 0 ? ['start-up'] : [] };
  }
  const happened = happenings(settled, now);
  const rows = rules.running.filter(({ event }) => happened.includes(event));
  const steps = resolved(rows.flatMap(({ action }) => action.filter((each) => each.if === undefined || holds(each.if, now)).map(({ step }) => step)), now);
  return { steps, because: happened };
}

/** What is different from when both sides were last settled. */
export function happenings(settled: Settled, { voicemail, mail }: Sides): Happening[] {
  const found: Happening[] = [];
  const [was, is] = [isDeleted(settled.voicemail), isDeleted(voicemail)];
  if (!was && is) found.push('voicemail deleted');
  if (was && !is) found.push('voicemail undeleted');
  if (settled.voicemail !== 'heard' && !was && voicemail === 'heard') found.push('voicemail heard');
  if (settled.voicemail === 'heard' && voicemail === 'unheard') found.push('voicemail marked unheard');
  if (!mail) return found;
  if (!settled.isTrash && mail.isTrash) found.push('e-mail deleted');
  if (settled.isTrash && !mail.isTrash) found.push('e-mail undeleted');
  if (!settled.isRead && mail.isRead) found.push('e-mail read');
  if (settled.isRead && !mail.isRead) found.push('e-mail marked unread');
  return found;
}

function fits({ voicemail, mail }: StartUpRow, now: Sides): boolean {
  const deleted = isDeleted(now.voicemail);
  const isVoicemail = { Deleted: deleted, 'Not deleted': !deleted, Heard: now.voicemail === 'heard', Unheard: now.voicemail === 'unheard' }[voicemail];
  const { isRead = false, isTrash = false } = now.mail ?? {};
  return isVoicemail && { Deleted: isTrash, 'Not deleted': !isTrash, Read: isRead, Unread: !isRead }[mail];
}

function holds(condition: Condition, { voicemail, mail }: Sides): boolean {
  return condition === 'e-mail is not in Trash' ? mail?.isTrash !== true : voicemail === 'unheard';
}

/**
 * Where the rows of both sides contradict each other: deleting wins over everything, then heard over unheard. So the end is the same whatever came first.
 */
function resolved(steps: readonly Step[], now: Sides): Step[] {
  const has = (step: Step): boolean => steps.includes(step);
  // Whoever deletes one side while the other is deleted already has what they want; whoever takes one back has the other come along.
  const deletes = steps.filter((step) => step === 'delete e-mail' || step === 'delete voicemail');
  const kept = deletes.length > 0
    ? deletes
    : steps.filter((step) => !(step === 'mark e-mail unread' && has('mark voicemail heard')) && !(step === 'mark voicemail unheard' && has('mark e-mail read')));
  const needed: Step[] = [];
  let sides = now;
  for (const step of inOrder(kept)) {
    if (isDone(step, sides)) continue;
    needed.push(step);
    sides = done(sides, step);
  }
  return needed;
}

/** Taking back comes before marking: what lies in a trash cannot be marked. */
function inOrder(steps: readonly Step[]): Step[] {
  const isMove = (step: Step): boolean => step.startsWith('move');
  return [...new Set([...steps.filter(isMove), ...steps.filter((step) => !isMove(step))])];
}

function isDone(step: Step, { voicemail, mail }: Sides): boolean {
  switch (step) {
    case 'delete e-mail': return mail === null || mail.isTrash;
    case 'mark e-mail read': return mail === null || mail.isRead;
    case 'mark e-mail unread': return mail === null || !mail.isRead;
    case 'move e-mail to Inbox': return mail === null || !mail.isTrash;
    case 'delete voicemail': return isDeleted(voicemail);
    // One that is nowhere in the box can neither be marked nor brought back there.
    case 'mark voicemail heard': return voicemail !== 'unheard';
    case 'mark voicemail unheard': return voicemail !== 'heard';
    case 'move voicemail to Saved': return voicemail !== 'deleted';
  }
}

/** Both sides once a step was taken. */
export function done(sides: Sides, step: Step): Sides {
  const { mail } = sides;
  switch (step) {
    case 'delete e-mail': return { ...sides, mail: mail && { ...mail, isTrash: true } };
    case 'mark e-mail read': return { ...sides, mail: mail && { ...mail, isRead: true } };
    case 'mark e-mail unread': return { ...sides, mail: mail && { ...mail, isRead: false } };
    case 'move e-mail to Inbox': return { ...sides, mail: mail && { ...mail, isTrash: false } };
    case 'delete voicemail': return { ...sides, voicemail: 'deleted' };
    case 'mark voicemail heard': case 'move voicemail to Saved': return { ...sides, voicemail: 'heard' };
    case 'mark voicemail unheard': return { ...sides, voicemail: 'unheard' };
  }
}

/** Leaves out what must not or cannot be done. What is left out is settled all the same: it is not asked for again and again. */
function allowed(steps: readonly Step[], { settled, isStartUp, policy, canUndo, isAble }: PlanFacts, now: Sides): { steps: Step[]; kept: Kept | null } {
  let kept: Kept | null = null;
  const left = steps.filter((step) => {
    if (!isAble(step)) kept = 'not-able';
    // Promise 3: nothing unheard is deleted except by a person. A state without a past shows no person.
    else if (step === 'delete voicemail' && now.voicemail === 'unheard' && policy.keepUnheard && (settled === null || (isStartUp && policy.startUp === 'tables'))) kept = 'kept-unheard';
    else if (step === 'delete voicemail' && !canUndo) kept = 'kept-no-undo';
    else return true;
    return false;
  });
  return { steps: left, kept };
}

/** What a wish asks of both sides. A voicemail that is nowhere in its box is not asked for anything. */
function wished(wish: Wish, now: Sides): Step[] {
  const asked: Record<Wish, readonly Step[]> = {
    'mark heard': ['mark voicemail heard', 'mark e-mail read'],
    'mark unheard': ['mark voicemail unheard', 'mark e-mail unread'],
    delete: ['delete voicemail', 'delete e-mail'],
    restore: ['move voicemail to Saved', 'move e-mail to Inbox'],
    'heard when mailed': ['mark voicemail heard'],
  };
  return asked[wish].filter((step) => !isDone(step, now));
}

const opposites: Partial<Record<Step, Step>> = {
  'mark e-mail read': 'mark e-mail unread', 'mark e-mail unread': 'mark e-mail read', 'delete e-mail': 'move e-mail to Inbox', 'move e-mail to Inbox': 'delete e-mail',
  'mark voicemail heard': 'mark voicemail unheard', 'mark voicemail unheard': 'mark voicemail heard', 'delete voicemail': 'move voicemail to Saved', 'move voicemail to Saved': 'delete voicemail',
};

/** A person's wish in our window is their last word. */
function withoutOpposites(steps: readonly Step[], wanted: readonly Step[]): Step[] {
  return steps.filter((step) => !wanted.some((wish) => opposites[wish] === step));
}
