import type { z } from 'zod';
import type { conferenceApi } from '../../../contract/conference.ts';
import { UserError } from '../../domain/errors.ts';
import { changeConference } from './apply.ts';
import { newPasscode } from './codes.ts';
import type { Conference } from './conference.ts';
import type { ConferenceDeps } from './deps.ts';
import { languageOf } from './hold.ts';

type ChangeBody = z.output<typeof conferenceApi.change.body>;

/**
 * Changes what belongs to the conference and not to the calendar. Two people who change at once: the second is told.
 * @throws UserError 409 when the version shown is no longer the newest, 422 when the language is not offered.
 */
export async function changeSettings(deps: ConferenceDeps, tenantId: string, id: string, body: ChangeBody): Promise<Conference | null> {
  return changeConference(deps, 'change.write', tenantId, id, (before) => {
    if (before.version !== body.version) {
      throw new UserError(409, {
        code: 'changed-meanwhile', field: 'version', message: 'Somebody changed this conference meanwhile.', remedy: 'Look at the newest state and change it again.',
      });
    }
    const fields: Partial<Conference> = {};
    if (body.language !== undefined) fields.language = languageOf(deps, body.language, body.language);
    if (body.lobby !== undefined) fields.lobby = body.lobby;
    if (body.newPasscode) fields.passcode = newPasscode();
    return { fields, why: 'settings-changed' };
  });
}
