import { settingsRoutes } from '../../contract/account/settings-routes.ts';
import type { SettingsRequest, SettingsResponse } from '../../contract/account/settings.ts';
import { expectField } from './client.ts';
import { ask } from './http.ts';
import type { Transport } from './http.ts';

const params = { feature: 'voicemail' };

/** My settings of voicemail, and where each comes from. */
export async function voicemailSettingsOf(transport: Transport): Promise<SettingsResponse['settings']> {
  return expectField<SettingsResponse>(await ask(transport, settingsRoutes.mine, { params }), 'settings').settings;
}

export async function saveVoicemailSettings(transport: Transport, body: SettingsRequest): Promise<SettingsResponse['settings']> {
  return expectField<SettingsResponse>(await ask(transport, settingsRoutes.saveMine, { params, body }), 'settings').settings;
}
