import type { Caller, Handlers } from '../../../contract/endpoint.ts';
import type { conferenceApi, ConferenceView } from '../../../contract/conference/conference.ts';
import { markOf } from '../../../invitation/lint/index.ts';
import { UserError } from '../../domain/errors.ts';
import { blockOf } from './invite/block.ts';
import { changeSettings } from './change.ts';
import { commitConference, releaseConference, restoreConference } from './commit.ts';
import type { Conference } from './conference.ts';
import type { ConferenceDeps } from './deps.ts';
import { needFree } from './fixed.ts';
import { guestViewOf } from './admission/guest-view.ts';
import { holdConference } from './hold.ts';
import { offerOf } from './offer.ts';
import { conferencesOf, findConference } from './rows.ts';
import type { Tickets } from './admission/tickets.ts';
import { viewOf } from './view.ts';

/** The endpoints of contract/conference/conference.ts. */
export function createHandlers(deps: ConferenceDeps, tickets: Tickets): Handlers<typeof conferenceApi> {
  /** The conference, if the caller may touch it. A stranger learns no more than that there is none. */
  async function owned(id: string, caller: Caller): Promise<Conference> {
    const conference = await findConference(deps.store.db, caller.tenantId, id);
    if (!conference || !mayTouch(conference, caller)) throw notFound();
    return conference;
  }

  async function view(conference: Conference | null, caller: Caller): Promise<{ conference: ConferenceView }> {
    if (!conference) throw notFound();
    return { conference: await viewOf(deps, conference, caller.personId) };
  }

  async function ticketFor(conference: Conference, personId: string): Promise<{ value: string; expiresAt: string }> {
    const { value, expiresAt } = await tickets.issue(conference.tenantId, conference.id, personId);
    return { value, expiresAt: new Date(expiresAt).toISOString() };
  }

  return {
    async hold({ body }, caller) {
      const conference = await holdConference(deps, body, caller);
      return { ...(await view(conference, caller)), block: await blockOf(deps, conference), ticket: await ticketFor(conference, conference.bookerId) };
    },
    async offer(_input, caller) {
      return { offer: await offerOf(deps, caller.tenantId) };
    },
    async meet({ params }, caller) {
      const conference = await findConference(deps.store.db, caller.tenantId, params.id);
      if (!conference || caller.personId === null) throw notFound();
      const addresses = await deps.addressesOf(caller.tenantId, caller.personId);
      return { conference: await guestViewOf(deps, conference, { personId: caller.personId, addresses }) };
    },
    async list({ query }, caller) {
      const found = await conferencesOf(deps.store.db, caller.tenantId, caller.personId ?? '', query.when, deps.clock.now(), query.limit);
      return { conferences: await Promise.all(found.map((each) => viewOf(deps, each, caller.personId))) };
    },
    async read({ params }, caller) {
      const conference = await owned(params.id, caller);
      return { ...(await view(conference, caller)), block: await blockOf(deps, conference) };
    },
    async commit({ params, body }, caller) {
      await owned(params.id, caller);
      const sent = await commitConference(deps, caller.tenantId, params.id, body);
      return { ...(await view(sent, caller)), hostCode: markOf(sent?.hostCode ?? '') };
    },
    async release({ params }, caller) {
      await owned(params.id, caller);
      return view(await releaseConference(deps, caller.tenantId, params.id), caller);
    },
    async restore({ params }, caller) {
      await owned(params.id, caller);
      return view(await restoreConference(deps, caller.tenantId, params.id), caller);
    },
    async renewTicket({ params }, caller) {
      const conference = await owned(params.id, caller);
      return { ticket: await ticketFor(conference, caller.personId ?? conference.bookerId) };
    },
    async change({ params, body }, caller) {
      const before = await owned(params.id, caller);
      await needFree(deps, before.tenantId, before.ownerId, body, before);
      const conference = await changeSettings(deps, caller.tenantId, params.id, body);
      if (!conference) throw notFound();
      return { ...(await view(conference, caller)), block: await blockOf(deps, conference) };
    },
  };
}

function mayTouch(conference: Conference, caller: Caller): boolean {
  if (caller.ticketFor !== null) return caller.ticketFor === conference.id;
  return caller.personId !== null && (caller.personId === conference.ownerId || caller.personId === conference.bookerId);
}

function notFound(): UserError {
  return new UserError(404, {
    code: 'conference-unknown', message: 'There is no such conference among yours.',
    remedy: 'It may belong to another person, or these details were copied from another meeting.',
  });
}
