import type { z } from 'zod';
import type { conferenceApi } from '../../../contract/conference/conference.ts';
import { UserError } from '../../domain/errors.ts';
import { changeConference } from './apply.ts';
import { newPasscode } from './admission/codes.ts';
import type { Conference } from './conference.ts';
import type { ConferenceDeps } from './deps.ts';
import { countriesOf, languageOf, needTemplate, neededBridge, neededCountries } from './offer.ts';
import { rolesKept } from './roles.ts';

type ChangeBody = z.output<typeof conferenceApi.change.body>;

/**
 * Changes what belongs to the conference and not to the calendar. Two people who change at once: the second is told.
 * @throws UserError 409 when the version shown is no longer the newest or somebody is in a conference whose type should change, 422 for what is not offered.
 */
export async function changeSettings(deps: ConferenceDeps, tenantId: string, id: string, body: ChangeBody): Promise<Conference | null> {
  if (body.template) await needTemplate(deps, tenantId, body.template);
  return changeConference(deps, 'change.write', tenantId, id, (before) => {
    if (before.version !== body.version) {
      throw new UserError(409, {
        code: 'changed-meanwhile', field: 'version', message: 'Somebody changed this conference meanwhile.', remedy: 'Look at the newest state and change it again.',
      });
    }
    return { fields: { ...ownFields(deps, before, body), ...bridgeFields(deps, before, body) }, why: 'settings-changed', newHostCode: body.newHostCode === true };
  });
}

function ownFields(deps: ConferenceDeps, before: Conference, body: ChangeBody): Partial<Conference> {
  const fields: Partial<Conference> = {};
  if (body.language !== undefined) fields.language = languageOf(deps, body.language, body.language);
  if (body.lobby !== undefined) fields.lobby = lobbyOf(before, body.lobby);
  if (body.newPasscode) fields.passcode = newPasscode();
  if (body.roles !== undefined) fields.roles = rolesKept(body.roles, before.ownerAddress);
  if (body.template !== undefined) fields.template = body.template;
  return fields;
}

/** In a standing room guests always wait for a host: its codes are known to everybody who was ever invited to it. */
function lobbyOf({ isStanding }: Conference, wanted: boolean): boolean {
  if (!isStanding || wanted) return wanted;
  throw new UserError(422, { code: 'room-needs-host', field: 'lobby', message: 'In a personal room guests wait until a host is there.', remedy: 'Use a new room for this meeting, where guests may come in at once.' });
}

/** The type and what hangs on it. A new type has other numbers: countries that it does not know are dropped, unless they are named with it. */
function bridgeFields(deps: ConferenceDeps, before: Conference, body: ChangeBody): Partial<Conference> {
  const wanted = body.bridge ?? before.bridgeInstance;
  const fields: Partial<Conference> = {};
  if (wanted !== before.bridgeInstance) Object.assign(fields, otherBridge(deps, before, wanted));
  if (body.countries !== undefined) fields.countries = neededCountries(deps, wanted, body.countries);
  else if (wanted !== before.bridgeInstance) fields.countries = before.countries.filter((country) => countriesOf(deps, wanted).includes(country));
  return fields;
}

/** The bridge that is left keeps no room before somebody joins (ports/conference-bridge.ts), so nothing is closed on it; the new one is brought to where the conference is. */
function otherBridge(deps: ConferenceDeps, before: Conference, wanted: string): Partial<Conference> {
  neededBridge(deps, wanted);
  if (before.members > 0) {
    throw new UserError(409, { code: 'conference-live', field: 'bridge', message: 'Somebody is in this conference.', remedy: 'Change its type when everybody has left.' });
  }
  return { bridgeInstance: wanted, bridgeState: 'none', bridgeSince: deps.clock.now(), bridgeError: null };
}
