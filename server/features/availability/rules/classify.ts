import { judge } from '../../../rules/condition.ts';
import { placed, type Appointment, type Stretch } from './appointment.ts';
import type { AppointmentRule, Policy } from './policy.ts';
import { strengths, type Availability, type Input, type Output } from './state.ts';
import { askAppointment } from './vocabulary.ts';
import { hasWord } from './words.ts';

/** Why an appointment counts, or does not. */
export interface Classified {
  output: Output | 'free';
  /** Null for free, and where a rule decided before the mapping was asked. */
  input: Input | null;
  /** The rule that decided; null when the mapping did. */
  ruleId: string | null;
}

/** An appointment that makes its owner something, at its place in time. */
export interface Effective extends Stretch {
  appointment: Appointment;
  state: Availability;
  input: Input | null;
  ruleId: string | null;
  /** Winning words 1, none 0, losing words −1. */
  priority: number;
}

/** What an appointment is by the rules and the mapping. `zone`: IANA, of the mailbox. */
export function classify(told: Appointment, policy: Policy, zone: string): Classified {
  const appointment = asAsked(told, policy);
  // Free cannot be mapped: such appointments never show (A148).
  if (appointment.showAs === 'free') return { output: 'free', input: null, ruleId: null };
  const rule = policy.rules.find((each) => holds(each, appointment, zone));
  if (rule && rule.makes !== 'mapping') return { output: rule.makes, input: null, ruleId: rule.id };
  const input = inputOf(appointment, policy);
  return { output: policy.mapping[input], input, ruleId: rule?.id ?? null };
}

/** A rule that cannot tell does not apply: what is not known must not make somebody unreachable, or reachable. */
function holds(rule: AppointmentRule, appointment: Appointment, zone: string): boolean {
  return judge(rule.when, (leaf) => askAppointment(leaf, appointment, zone)).answer === true;
}

/**
 * An appointment as the rules are asked about it. What an exception organizer enters awaits nobody's answer: whoever is ill does not answer "sick" (A149), and the rule about unanswered invitations must not take it
 * away. A "declined" stays one.
 */
export function asAsked(appointment: Appointment, policy: Policy): Appointment {
  return appointment.response === 'none' && isException(appointment, policy) ? { ...appointment, response: 'accepted' } : appointment;
}

function isException({ showAs, organizer }: Appointment, { exceptionOrganizers }: Policy): boolean {
  return showAs === 'tentative' && organizer !== null && exceptionOrganizers.includes(organizer);
}

function inputOf(appointment: Appointment, policy: Policy): Input {
  const { showAs } = appointment;
  if (isException(appointment, policy)) return 'tentativeException';
  return showAs === null || showAs === 'free' ? 'noData' : showAs;
}

/** All that count, in the order in which they win over others at the same time: title words, then strength, then the later start, then the id. */
export function effective(appointments: readonly Appointment[], policy: Policy, zone: string): Effective[] {
  return appointments
    .flatMap((appointment) => {
      const stretch = placed(appointment, zone);
      const { output, input, ruleId } = classify(appointment, policy, zone);
      if (!stretch || output === 'ignore' || output === 'free') return [];
      return { ...stretch, appointment, state: output, input, ruleId, priority: priorityOf(appointment, policy) };
    })
    .toSorted(
      (a, b) => b.priority - a.priority || strengths[b.state] - strengths[a.state] || b.from - a.from || (a.appointment.id < b.appointment.id ? -1 : 1),
    );
}

/** A title that is not known has no words. */
function priorityOf({ subject }: Appointment, { winningWords, losingWords }: Policy): number {
  if (hasWord(subject, losingWords) === true) return -1;
  return hasWord(subject, winningWords) === true ? 1 : 0;
}
