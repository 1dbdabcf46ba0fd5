import { conferenceRoutes } from '../../contract/conference/conference-routes.ts';
import { sendWords } from '../../words/send.ts';
import { say } from '../office/bar.ts';
import { displayLanguage } from '../office/context.ts';
import type { RibbonEvent, Verdict } from '../office/events.ts';
import { inviteFacts } from '../office/facts.ts';
import { writeRecord } from '../office/record.ts';
import type { Finding } from '../../invitation/lint/index.ts';
import { carriedConference } from './conference-of.ts';
import type { Carried } from './conference-of.ts';
import { findingsOf } from './linted.ts';
import { proofFor } from './proof.ts';
import { questionOf, unanswered } from './question.ts';
import { request } from './request.ts';

/** Outlook shows "taking longer than expected" after 5 s (reference/office-addin.md section 2.3); the decision is made before. */
const DECIDE_MS = 4500;
/** The server's share of it. */
const REQUEST_MS = 3800;
/** What a last word in the bar may cost. */
const BAR_MS = 200;

const GO: Verdict = { allowEvent: true };

function commit(carried: Carried): Promise<unknown> {
  if (carried.api === '') return Promise.reject(new Error('no server is known here'));
  return Promise.all([proofFor(carried), inviteFacts()]).then(function put(both) {
    return request({ api: carried.api, route: conferenceRoutes.commit, id: carried.id, proof: both[0], body: both[1] }, REQUEST_MS);
  });
}

function after(ms: number): Promise<void> {
  return new Promise(function wait(resolve) {
    setTimeout(resolve, ms);
  });
}

/** Message 12: the invite goes, the booking follows from the calendar. */
function sayThatItFollows(): Promise<void> {
  return Promise.race([say('info', sendWords(displayLanguage()).bookingFollows), after(BAR_MS)]);
}

/** What became of the booking; `answer` is undefined where the server could not be asked. */
interface Booking {
  answer: unknown;
  failed: boolean;
}

function book(carried: Carried): Promise<Booking> {
  return commit(carried).then(
    function booked(answer) {
      return { answer, failed: false };
    },
    function later() {
      return { answer: undefined, failed: true };
    },
  );
}

/** What there is to ask about this invite; nothing where Outlook does not let us look, for an invite is not held up by a doubt. */
function look(carried: Carried, booking: Booking): Promise<Finding[]> {
  return findingsOf(booking.answer).then(
    function fresh(findings) {
      return unanswered(findings, carried.told);
    },
    function none() {
      return [];
    },
  );
}

/** Remembers what is asked about, for the next time; the person waits no longer for it than for the bar. */
function rememberAsked(carried: Carried, findings: readonly Finding[]): Promise<void> {
  const told: string[] = [];
  if (carried.told !== undefined) told.push(...carried.told);
  for (const finding of findings) if (told.indexOf(finding.rule) < 0) told.push(finding.rule);
  const { api, id, ticket, ticketExpiresAt } = carried;
  const written = writeRecord({ api, id, ticket, ticketExpiresAt, told }).catch(function enough() {
    return undefined;
  });
  return Promise.race([written, after(BAR_MS)]);
}

/** The booking comes first: whoever sends anyway is not asked again, and whoever does not is held to nothing (the calendar decides). */
function bookAndLook(carried: Carried): Promise<Verdict> {
  return book(carried).then(function judge(booking) {
    return look(carried, booking).then(function decide(findings): Promise<Verdict> {
      if (findings.length > 0) {
        const question = questionOf(findings, displayLanguage());
        return rememberAsked(carried, findings).then(() => question);
      }
      if (!booking.failed) return Promise.resolve(GO);
      return sayThatItFollows().then(() => GO);
    });
  });
}

/**
 * The invite is being sent. A conference that cannot be booked now is booked from the calendar: an invite that is held
 * back for us is worse. Only what is wrong with the invite itself makes Outlook ask, and then the person may send anyway.
 * Without a conference nobody is asked.
 */
export function onAppointmentSend(event: RibbonEvent): void {
  let decided = false;
  function decide(verdict: Verdict): void {
    if (decided) return;
    decided = true;
    event.completed(verdict);
  }
  function go(): void {
    decide(GO);
  }
  const timer = setTimeout(function late() {
    sayThatItFollows().then(go, go);
  }, DECIDE_MS);
  carriedConference()
    .then(function ours(carried): Promise<Verdict> {
      if (carried === undefined) return Promise.resolve(GO);
      return bookAndLook(carried);
    })
    .then(
      function done(verdict) {
        clearTimeout(timer);
        decide(verdict);
      },
      function failed() {
        clearTimeout(timer);
        go();
      },
    );
}
