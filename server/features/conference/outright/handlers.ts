import type { Caller, Handlers } from '../../../../contract/endpoint.ts';
import type { outrightApi, OutrightView } from '../../../../contract/conference/outright.ts';
import { UserError } from '../../../domain/errors.ts';
import type { Conference } from '../conference.ts';
import type { ConferenceDeps } from '../deps.ts';
import { findConference } from '../rows.ts';
import { viewOf } from '../view.ts';
import { cancelOutright, changeOutright, createOutright, restoreOutright } from './create.ts';
import { findOutright, mailsOf } from './outright-rows.ts';

/** The endpoints of contract/conference/outright.ts. */
export function outrightHandlers(deps: ConferenceDeps): Handlers<typeof outrightApi> {
  async function view(conference: Conference | null, personId: string | null): Promise<OutrightView> {
    if (!conference) throw unknown();
    return outrightViewOf(deps, conference, personId);
  }
  return {
    create: async ({ body }, caller) => view(await createOutright(deps, body, caller), caller.personId),
    read: async ({ params }, caller) => view(await ownConference(deps, params.id, caller), caller.personId),
    change: async ({ params, body }, caller) => view(await changeOutright(deps, await ownConference(deps, params.id, caller), body, caller.ownSignIn), caller.personId),
    cancel: async ({ params }, caller) => view(await cancelOutright(deps, await ownConference(deps, params.id, caller), caller.ownSignIn), caller.personId),
    restore: async ({ params }, caller) => view(await restoreOutright(deps, await ownConference(deps, params.id, caller), caller.ownSignIn), caller.personId),
  };
}

/** The conference, if it is this person's. A stranger learns no more than that there is none. @throws UserError 404 */
export async function ownConference(deps: ConferenceDeps, id: string, { tenantId, personId }: Pick<Caller, 'tenantId' | 'personId'>): Promise<Conference> {
  const conference = /^[a-z2-7]{26}$/.test(id) ? await findConference(deps.store.db, tenantId, id) : null;
  if (conference && personId !== null && (conference.ownerId === personId || conference.bookerId === personId)) return conference;
  throw unknown();
}

export async function outrightViewOf(deps: ConferenceDeps, conference: Conference, personId: string | null): Promise<OutrightView> {
  const { tenantId, id } = conference;
  const [outright, mails] = [await findOutright(deps.store.db, tenantId, id), await mailsOf(deps.store.db, tenantId, id)];
  if (!outright) throw unknown();
  return {
    conference: await viewOf(deps, conference, personId), delivery: outright.delivery, guests: [...outright.guests], notes: outright.notes,
    calendar: { state: outright.calendarState, error: outright.calendarError },
    mails: mails.map(({ to, method, state, at, error }) => ({ to: to.address, method, state, at: new Date(at).toISOString(), error })),
  };
}

function unknown(): UserError {
  return new UserError(404, { code: 'conference-unknown', message: 'There is no such conference among yours.', remedy: 'It may belong to another person.' });
}
