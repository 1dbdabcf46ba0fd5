/**
 * What a person is at one minute, told a second time and apart from the rules: no layers, no painting, no instants of days. It asks everything that
 * is known about that one minute, from the strongest source down, in the words of the seed.
 */
import type { Appointment } from '../../server/features/availability/rules/appointment.ts';
import type { Facts } from '../../server/features/availability/rules/timeline.ts';

const minute = 60_000;
const walls = new Map<string, { format: Intl.DateTimeFormat; dates: Map<number, string> }>();

/** The date on the wall in a zone, "2026-10-25". */
function wallDate(at: number, zone: string): string {
  const wall = walls.get(zone) ?? { format: new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }), dates: new Map<number, string>() };
  walls.set(zone, wall);
  const known = wall.dates.get(at);
  if (known !== undefined) return known;
  const date = wall.format.format(at);
  wall.dates.set(at, date);
  return date;
}

function takesPlace(appointment: Appointment, at: number, zone: string): boolean {
  if (!appointment.days) return appointment.startsAt <= at && at < appointment.endsAt;
  const today = wallDate(at, zone);
  return appointment.days.first <= today && today < appointment.days.afterLast;
}

interface Verdict {
  availability: string;
  face: string;
  /** What others see of the title. */
  title: string | null;
  rule: string;
  priority: number;
}

function titleWords(appointment: Appointment): string[] {
  return (appointment.subject ?? '').toLowerCase().split(/[^a-z]+/);
}

/** Whom nobody has to answer: the seed's people who enter "sick". */
function isEnteredByHr({ showAs, organizer }: Appointment): boolean {
  return showAs === 'tentative' && organizer === 'hr@example.com';
}

/** What the appointment makes its owner, by mapping and rules alone; null for nothing. The rules of these calendars are the seed's and one more, "long". */
function byCalendar(appointment: Appointment, { policy }: Facts): Verdict | null {
  if (appointment.showAs === 'free') return null;
  let availability: string | undefined;
  let rule: string | undefined;
  if (appointment.isCancelled) [availability, rule] = ['ignore', 'cancelled'];
  else if (appointment.response === 'declined') [availability, rule] = ['ignore', 'declined'];
  else if (appointment.response === 'none' && !isEnteredByHr(appointment)) [availability, rule] = ['ignore', 'unanswered'];
  else if (appointment.days && titleWords(appointment).includes('birthday')) [availability, rule] = ['ignore', 'birthday'];
  else if (appointment.categories?.includes('Focus')) [availability, rule] = ['doNotDisturb', 'focus'];
  if (availability === undefined || rule === undefined) {
    if (appointment.showAs === null) rule = 'noData';
    else if (isEnteredByHr(appointment)) rule = 'tentativeException';
    else rule = appointment.showAs;
    availability = policy.mapping[rule as keyof typeof policy.mapping];
  }
  if (availability === 'ignore') return null;
  let face = availability;
  if (availability === 'busy' && (appointment.attendees ?? 0) >= 1) face = 'meeting';
  if (availability === 'away' && appointment.showAs === 'outOfOffice') face = 'outOfOffice';
  let priority = titleWords(appointment).includes('vacation') ? 2 : 1;
  if (titleWords(appointment).includes('homeoffice')) priority = 0;
  return { availability, face, rule, priority, title: policy.showsSubject && !appointment.isPrivate ? appointment.subject : null };
}

const order = ['available', 'away', 'busy', 'doNotDisturb'];

function startOf(appointment: Appointment, zone: string): number {
  if (!appointment.days) return appointment.startsAt;
  let at = Date.parse(`${appointment.days.first}T00:00:00Z`) - 15 * 60 * minute;
  while (wallDate(at, zone) < appointment.days.first) at += 15 * minute;
  return at;
}

function ridesOn(appointment: Appointment, { riding }: Facts): Facts['riding'][number] | undefined {
  if (appointment.isCancelled || appointment.response === 'declined') return undefined;
  const all = riding.filter((each) => each.seriesKey === appointment.seriesKey);
  return all.find((each) => each.originalStart === appointment.originalStart) ?? all.find((each) => each.originalStart === null);
}

/** What somebody is at a minute, as others see it, and the reason: rule and event. */
export interface Told {
  is: string;
  why: string;
}

function told(face: string, title: string | null, rule: string, event: string | null): Told {
  return { is: title === null ? face : `${face} “${title}”`, why: `${rule} of ${event ?? 'nothing'}` };
}

/** Makes a way to ask for minutes of one calendar. Instants epoch ms, whole minutes. */
export function oracle(facts: Facts): (at: number) => Told {
  const { appointments, zone, manual, outOfOffice, riding } = facts;
  const starts = new Map(appointments.map((each) => [each.id, startOf(each, zone)]));
  const verdicts = new Map(appointments.map((each) => [each.id, byCalendar(each, facts)]));
  const isReal = (each: Appointment): boolean => (each.days ? each.days.first < each.days.afterLast : each.startsAt < each.endsAt);
  const startsThatCount = appointments.filter((each) => isReal(each) && (verdicts.get(each.id) || ridesOn(each, facts))).map((each) => starts.get(each.id) ?? 0);

  function manualHolds(at: number): boolean {
    if (!manual || at < manual.chosenAt) return false;
    if (manual.endsAt !== null) return at < manual.endsAt;
    if (manual.availability === 'doNotDisturb') return true;
    return !startsThatCount.some((start) => start > manual.chosenAt && start <= at);
  }

  interface Candidate {
    appointment: Appointment;
    verdict: Verdict;
  }

  function best(found: readonly Candidate[]): Candidate | undefined {
    let winner = found[0];
    for (const each of found.slice(1)) {
      if (winner === undefined) break;
      const strength = order.indexOf(each.verdict.availability) - order.indexOf(winner.verdict.availability);
      const later = (starts.get(each.appointment.id) ?? 0) - (starts.get(winner.appointment.id) ?? 0);
      const more = each.verdict.priority - winner.verdict.priority || strength || later;
      if (more > 0 || (more === 0 && each.appointment.id < winner.appointment.id)) winner = each;
    }
    return winner;
  }

  function chosenFor(appointment: Appointment): Candidate[] {
    const chosen = ridesOn(appointment, facts);
    return chosen ? [{ appointment, verdict: { availability: chosen.availability, face: chosen.face, title: null, rule: 'chosen-for-meeting', priority: 0 } }] : [];
  }

  function mappedBy(appointment: Appointment): Candidate[] {
    const verdict = verdicts.get(appointment.id);
    return verdict ? [{ appointment, verdict }] : [];
  }

  return (at) => {
    if (manual && manualHolds(at)) return told(manual.face, manual.title, manual.endsAt !== null ? 'until-time' : manual.availability === 'doNotDisturb' ? 'until-ended' : 'until-next-appointment', null);
    const now = appointments.filter((each) => takesPlace(each, at, zone));
    const ridden = riding.length === 0 ? undefined : best(now.flatMap(chosenFor));
    if (ridden) return told(ridden.verdict.face, null, 'chosen-for-meeting', ridden.appointment.id);
    if (outOfOffice && outOfOffice.from <= at && at < outOfOffice.to && facts.policy.outOfOffice !== 'ignore') {
      return told(facts.policy.outOfOffice === 'away' ? 'outOfOffice' : facts.policy.outOfOffice, null, 'automatic-replies', null);
    }
    const mapped = best(now.flatMap(mappedBy));
    return mapped ? told(mapped.verdict.face, mapped.verdict.title, mapped.verdict.rule, mapped.appointment.id) : told('available', null, 'nothing-else', null);
  };
}
