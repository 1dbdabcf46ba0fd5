import { judge } from '../../../rules/condition.ts';
import { placed, type Appointment, type Stretch } from '../rules/appointment.ts';
import { asAsked, classify } from '../rules/classify.ts';
import type { Policy } from '../rules/policy.ts';
import type { Output } from '../rules/state.ts';
import { whyIgnored } from '../rules/timeline.ts';
import { askAppointment } from '../rules/vocabulary.ts';

/** What an appointment makes of its owner, and by which rule; without anything that stands in it. */
export interface Judged extends Stretch {
  makes: Output | 'free';
  rule: string;
  isPrivate: boolean;
  untold: string[];
}

/** Null for one that takes place at no time. `zone`: IANA, of the mailbox. */
export function judged(appointment: Appointment, policy: Policy, zone: string): Judged | null {
  const stretch = placed(appointment, zone);
  if (!stretch) return null;
  const { output, input, ruleId } = classify(appointment, policy, zone);
  return { ...stretch, makes: output, rule: whyIgnored(appointment, policy, zone) ?? ruleId ?? input ?? 'free', isPrivate: appointment.isPrivate, untold: untoldOf(appointment, policy, zone) };
}

/** Questions that the rules ask about an appointment and its calendar does not answer: what they ask about does not apply to it, in life as in a replay. */
export function untoldOf(appointment: Appointment, policy: Policy, zone: string): string[] {
  if (appointment.showAs === 'free') return [];
  const asked = asAsked(appointment, policy);
  const open = new Set<string>();
  for (const rule of policy.rules) {
    const { answer, because } = judge(rule.when, (leaf) => askAppointment(leaf, asked, zone));
    if (answer === true) break;
    if (answer === null) for (const each of because) if (each.answer === null) for (const question of Object.keys(each.leaf)) open.add(question);
  }
  if (appointment.subject === null && policy.winningWords.length + policy.losingWords.length > 0) open.add('subjectHas');
  return [...open];
}
