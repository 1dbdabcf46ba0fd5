import type { z } from 'zod';
import { availabilityWarnings } from '../../../../contract/availability/warnings.ts';
import type { availabilityAdminApi, WhatIfResponse } from '../../../../contract/availability/admin.ts';
import { UserError } from '../../../domain/errors.ts';
import { lineKey } from '../../../domain/line.ts';
import type { OwnedLine, PersonPolicy } from '../deps.ts';
import { eventsBetween } from '../calendar/event-rows.ts';
import { gather } from '../gather.ts';
import { phoneZone } from '../phone/phone-zone.ts';
import { ahead, behind } from '../rules/horizon.ts';
import type { AvailabilityAdminDeps } from './deps.ts';
import { iso, outcomeAt } from './outcome.ts';
import { readCalendar, timesOf } from './read-calendar.ts';
import { whoIs, missingOf } from './who.ts';

/** Farther away nobody's calendar says much, and reading it costs as much. Ours. */
const farthestMs = 60 * 24 * 60 * 60_000;
/** Of a calendar at least eight days ahead are kept (server/calendars/sweep.ts): so far ahead all that the timeline of that instant asks for is among them. */
const keptAhead = 24 * 60 * 60_000;

/**
 * "Somebody calls Anna on Thursday at 14:30: what happens, and why?" (P11). Asks the very timeline that drives the phone. Near now it looks at what is kept of the
 * calendar, as the phone does; farther away it reads the calendar for this answer and keeps nothing.
 */
export async function whatIf(deps: AvailabilityAdminDeps, tenantId: string, body: z.output<typeof availabilityAdminApi.whatIf.body>): Promise<WhatIfResponse> {
  const at = Date.parse(body.at);
  const now = deps.clock.now();
  if (Math.abs(at - now) > farthestMs) {
    throw new UserError(422, { code: 'too-far', field: 'at', message: 'That is more than 60 days away.', remedy: 'Ask about a nearer day.' });
  }
  const person = await whoIs(deps, tenantId, body.person);
  const { facts, policy, before } = await gather(deps, deps.store.db, tenantId, person.personId, now);
  const changed = body.proposal === undefined ? null : await deps.policyIf(tenantId, person.personId, body.proposal);
  const mailbox = await deps.people.mailboxOf(tenantId, person.personId);
  // The proposal may switch the calendar on for somebody who does not follow it today.
  const follows = policy.followsCalendar || changed?.followsCalendar === true;
  const isNear = at >= now - behind / 2 && at <= now + keptAhead;
  const basis = mailbox === null || !follows ? 'none' : isNear && policy.followsCalendar ? 'kept' : 'read';
  const appointments = basis === 'none' || !mailbox ? [] : basis === 'kept' ? await eventsBetween(deps.store.db, tenantId, mailbox, at - behind, at + ahead) : await readCalendar(deps, mailbox, { from: at - behind, to: at + ahead }, policy);
  const [lines, driven] = await Promise.all([deps.people.linesOf(tenantId, person.personId), deps.crowd.lines(tenantId, [person.personId])]);
  const drives = new Set((driven.get(person.personId) ?? []).map(lineKey));
  const called = { name: person.name, lines, drives: (line: OwnedLine) => drives.has(lineKey(line)), greetings: deps.greetings, zoneOn: (pbx: string, by: PersonPolicy) => phoneZone(before, by, pbx, deps.targets) };
  const seenBy = (by: typeof policy) => (by.calendarDetail === 'times' ? appointments.map(timesOf) : appointments);
  const outcome = (by: typeof policy) => outcomeAt({ ...facts, policy: by, ...(by.followsCalendar ? { appointments: seenBy(by) } : { appointments: [], riding: [], outOfOffice: null }) }, at, called);
  return {
    person, at: iso(at), missing: missingOf({ mailbox, lines, policy: changed ?? policy }), basis,
    present: outcome(policy), proposed: changed && outcome(changed), warnings: changed ? availabilityWarnings(changed) : [],
  };
}
