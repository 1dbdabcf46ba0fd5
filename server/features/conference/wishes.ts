import type { conferenceApi } from '../../../contract/conference/conference.ts';
import type { ConferenceSettings } from '../../../contract/conference/settings.ts';
import type { z } from 'zod';
import { UserError } from '../../domain/errors.ts';
import type { ConferenceBridge } from '../../ports/conference-bridge.ts';
import type { ConferenceDeps } from './deps.ts';
import { findBridge, languageOf, needTemplate, neededBridge } from './offer.ts';

/**
 * How a conference begins: what was asked for by name, else what the calendar's owner has set, else the server's own. A setting that cannot be any more (a bridge
 * that was taken away, a template that was deleted) must not keep anybody from a conference: it counts as not said.
 */
export interface Wishes {
  bridge: ConferenceBridge;
  language: string;
  template: string | null;
  lobby: boolean;
}

export async function wishesOf(
  deps: ConferenceDeps, tenantId: string, body: Pick<z.output<typeof conferenceApi.hold.body>, 'bridge' | 'language'>, settings: ConferenceSettings, spoken: string,
): Promise<Wishes> {
  const set = settings.bridge === null ? undefined : findBridge(deps, settings.bridge)?.instance;
  const own = settings.language !== null && deps.languages.includes(settings.language) ? settings.language : undefined;
  const known = await deps.templatesOf(tenantId);
  return {
    bridge: neededBridge(deps, body.bridge ?? set),
    language: languageOf(deps, body.language ?? own ?? spoken, body.language ?? undefined),
    template: known.some(({ id }) => id === settings.template) ? settings.template : null,
    lobby: settings.lobby,
  };
}

/** Refuses settings of conferences that cannot be here. @throws UserError 422 */
export async function checkSettings(deps: Pick<ConferenceDeps, 'bridges' | 'languages' | 'templatesOf'>, tenantId: string, values: Readonly<Record<string, unknown>>): Promise<void> {
  const { bridge, language, template } = values;
  if (typeof bridge === 'string') neededBridge(deps, bridge);
  if (typeof language === 'string') languageOf(deps, language, language);
  if (typeof template === 'string') await needTemplate(deps, tenantId, template);
  if (values['room'] === 'personal' && deps.bridges.length === 0) {
    throw new UserError(422, { code: 'bridge-unknown', field: 'room', message: 'There is no bridge for a room.', remedy: 'An administrator connects a conference bridge.' });
  }
}
