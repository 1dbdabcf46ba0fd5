import { conferenceRoutes } from '../../contract/conference-routes.ts';
import { sendWords } from '../../words/send.ts';
import { say } from '../office/bar.ts';
import { displayLanguage } from '../office/context.ts';
import type { RibbonEvent } from '../office/events.ts';
import { inviteFacts } from '../office/facts.ts';
import { carriedConference } from './conference-of.ts';
import type { Carried } from './conference-of.ts';
import { proofFor } from './proof.ts';
import { request } from './request.ts';

/** Outlook shows "taking longer than expected" after 5 s (reference/office-addin.md section 2.3); the decision is made before. */
const DECIDE_MS = 4500;
/** The server's share of it. */
const REQUEST_MS = 3800;
/** What a last word in the bar may cost. */
const BAR_MS = 200;

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

/**
 * The invite is being sent. It always goes: a conference that cannot be booked now is booked from the calendar, and an
 * invite that is held back is worse. Without a conference nobody is asked.
 */
export function onAppointmentSend(event: RibbonEvent): void {
  let decided = false;
  function allow(): void {
    if (decided) return;
    decided = true;
    event.completed({ allowEvent: true });
  }
  const timer = setTimeout(function late() {
    sayThatItFollows().then(allow, allow);
  }, DECIDE_MS);
  function done(): void {
    clearTimeout(timer);
    allow();
  }
  carriedConference()
    .then(function book(carried): Promise<unknown> {
      if (carried === undefined) return Promise.resolve();
      return commit(carried).catch(sayThatItFollows);
    })
    .then(done, done);
}
