import { conferenceRoutes } from '../../contract/conference/conference-routes.ts';
import { writeRecord } from '../office/record.ts';
import type { RibbonEvent } from '../office/events.ts';
import { carriedConference } from './conference-of.ts';
import type { Carried } from './conference-of.ts';
import { proofFor } from './proof.ts';
import { request } from './request.ts';

/** Nobody waits for it; a phone network may take its time. */
const REQUEST_MS = 15000;

interface Ticket {
  value: string;
  expiresAt: string;
}

function ticketIn(answer: unknown): Ticket | undefined {
  const found: { ticket?: Partial<Ticket> } = Object(answer);
  const ticket = found.ticket;
  if (ticket === undefined || typeof ticket.value !== 'string' || typeof ticket.expiresAt !== 'string') return undefined;
  return { value: ticket.value, expiresAt: ticket.expiresAt };
}

function renew(carried: Carried): Promise<unknown> {
  if (carried.api === '') return Promise.resolve();
  return proofFor(carried)
    .then(function ask(proof) {
      return request({ api: carried.api, route: conferenceRoutes.renewTicket, id: carried.id, proof }, REQUEST_MS);
    })
    .then(function keep(answer): Promise<void> {
      const ticket = ticketIn(answer);
      if (ticket === undefined) return Promise.resolve();
      return writeRecord({ api: carried.api, id: carried.id, ticket: ticket.value, ticketExpiresAt: Date.parse(ticket.expiresAt), told: carried.told });
    });
}

/** An appointment of one's own was opened, new or old: one with a conference gets a fresh send ticket, so that it can be sent weeks later without a sign-in. */
export function onAppointmentOrganizer(event: RibbonEvent): void {
  function done(): void {
    event.completed();
  }
  carriedConference()
    .then(function book(carried): Promise<unknown> {
      if (carried === undefined) return Promise.resolve();
      return renew(carried);
    })
    .then(done, done);
}
