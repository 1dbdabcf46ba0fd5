import type { ConferenceSettings } from '../../../contract/conference/settings.ts';
import { UserError } from '../../domain/errors.ts';
import type { Conference } from './conference.ts';
import type { ConferenceDeps } from './deps.ts';

/** Settings that can also be chosen for a single conference; null and undefined: nothing was chosen. */
type Chosen = { [Key in Exclude<keyof ConferenceSettings, 'insert'>]?: ConferenceSettings[Key] | null | undefined };

const keys = ['bridge', 'language', 'lobby', 'room', 'template'] as const;

/**
 * What the organisation has fixed for the calendar's owner cannot be chosen for a single conference either: else a lock would hold only until the next invite. The
 * fixed value itself, and what stands there already, may always be said.
 * @throws UserError 409 setting-locked
 */
export async function needFree(deps: Pick<ConferenceDeps, 'bridges' | 'fixedFor' | 'settingsOf'>, tenantId: string, ownerId: string, wanted: Chosen, before: Partial<Conference> = {}): Promise<void> {
  const said = keys.filter((key) => wanted[key] !== undefined && (wanted[key] !== null || key === 'template'));
  if (said.length === 0) return;
  const fixed = await deps.fixedFor(tenantId, ownerId);
  if (!said.some((key) => fixed.has(key))) return;
  const settings = await deps.settingsOf(tenantId, ownerId);
  const held = { ...settings, bridge: settings.bridge ?? deps.bridges[0]?.instance };
  const now: Chosen = { bridge: before.bridgeInstance, language: before.language, lobby: before.lobby, template: before.template };
  const refused = said.find((key) => fixed.has(key) && wanted[key] !== held[key] && wanted[key] !== now[key]);
  if (refused === undefined) return;
  throw new UserError(409, { code: 'setting-locked', field: refused, message: 'Your organisation has fixed this setting, for single conferences too.', remedy: 'Ask an administrator to change it or to unlock it.' });
}
