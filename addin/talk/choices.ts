import { conferenceRoutes } from '../../contract/conference/conference-routes.ts';
import type { MeetResponse, OfferResponse } from '../../contract/conference/conference.ts';
import { settingsRoutes } from '../../contract/account/settings-routes.ts';
import type { SettingsRequest, SettingsResponse } from '../../contract/account/settings.ts';
import { expectField } from './client.ts';
import { ask } from './http.ts';
import type { Transport } from './http.ts';

/** The feature whose settings a person finds in the pane. */
const FEATURE = 'conference';

/** What second pages ask of the server; apart from the client, whose weight the first panel bears. */
export interface Choices {
  /** What can be chosen for a conference here. */
  offer: () => Promise<OfferResponse['offer']>;
  /** My settings of conferences, and where each comes from. */
  settings: () => Promise<SettingsResponse['settings']>;
  save: (change: SettingsRequest) => Promise<SettingsResponse['settings']>;
  /** A conference of which I have the link. */
  meet: (id: string) => Promise<MeetResponse['conference']>;
}

export function choicesOf(transport: Transport): Choices {
  const params = { feature: FEATURE };
  return {
    offer: async () => expectField<OfferResponse>(await ask(transport, conferenceRoutes.offer), 'offer').offer,
    settings: async () => expectField<SettingsResponse>(await ask(transport, settingsRoutes.mine, { params }), 'settings').settings,
    save: async (body) => expectField<SettingsResponse>(await ask(transport, settingsRoutes.saveMine, { params, body }), 'settings').settings,
    meet: async (id) => expectField<MeetResponse>(await ask(transport, conferenceRoutes.meet, { params: { id } }), 'conference').conference,
  };
}
