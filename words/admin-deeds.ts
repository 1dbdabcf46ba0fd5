import { pick } from './pick.ts';

/** What was changed, by method and path pattern of the request. A deed of a newer server has none and stands for itself. */
const en = {
  'PATCH /api/v1/organisation/settings/:feature': 'changed settings of the organisation',
  'PATCH /api/v1/groups/:group/settings/:feature': 'changed settings of a group',
  'PATCH /api/v1/people/:person/settings/:feature': 'changed settings of a person',
  'POST /api/v1/groups': 'made a group',
  'PATCH /api/v1/groups/:group': 'changed a group',
  'DELETE /api/v1/groups/:group': 'removed a group',
  'POST /api/v1/groups/:group/members': 'put somebody into a group',
  'DELETE /api/v1/groups/:group/members/:person': 'took somebody out of a group',
  'POST /api/v1/organisation/templates': 'made a template of the invite text',
  'PUT /api/v1/organisation/templates/:template': 'changed a template of the invite text',
  'DELETE /api/v1/organisation/templates/:template': 'removed a template of the invite text',
  'POST /api/v1/organisation/template-preview': 'previewed an invite text',
  'POST /api/v1/organisation/reissues': 'looked what writing invites anew would change',
  'POST /api/v1/organisation/reissues/:id/start': 'began to write invites anew',
  'POST /api/v1/organisation/reissues/:id/stop': 'stopped writing invites anew',
  'POST /api/v1/organisation/reissues/:id/undo': 'took back invites that were written anew',
  'POST /api/v1/lines/import': 'took a list of lines',
  'DELETE /api/v1/lines/:pbx/:context/:extension': 'removed a line',
  'POST /api/v1/organisation/status/:instance/force': 'had everything of a system looked at',
  'PUT /api/v1/organisation/availability/replays/:id': 'replayed four weeks under other settings',
  'POST /api/v1/exchange-links': 'decided about an account that wants to be linked',
  'PUT /api/v1/voicemail-boxes/members': 'changed who shares a voicemail box',
  'POST /api/v1/voicemail-boxes/release': 'let a stopped voicemail box go on',
};

type DeedWords = typeof en;

const de: DeedWords = {
  'PATCH /api/v1/organisation/settings/:feature': 'hat Einstellungen der Organisation geändert',
  'PATCH /api/v1/groups/:group/settings/:feature': 'hat Einstellungen einer Gruppe geändert',
  'PATCH /api/v1/people/:person/settings/:feature': 'hat Einstellungen einer Person geändert',
  'POST /api/v1/groups': 'hat eine Gruppe angelegt',
  'PATCH /api/v1/groups/:group': 'hat eine Gruppe geändert',
  'DELETE /api/v1/groups/:group': 'hat eine Gruppe entfernt',
  'POST /api/v1/groups/:group/members': 'hat jemanden in eine Gruppe aufgenommen',
  'DELETE /api/v1/groups/:group/members/:person': 'hat jemanden aus einer Gruppe genommen',
  'POST /api/v1/organisation/templates': 'hat eine Vorlage des Einladungstexts angelegt',
  'PUT /api/v1/organisation/templates/:template': 'hat eine Vorlage des Einladungstexts geändert',
  'DELETE /api/v1/organisation/templates/:template': 'hat eine Vorlage des Einladungstexts entfernt',
  'POST /api/v1/organisation/template-preview': 'hat sich einen Einladungstext zeigen lassen',
  'POST /api/v1/organisation/reissues': 'hat nachgesehen, was neu geschriebene Einladungen ändern',
  'POST /api/v1/organisation/reissues/:id/start': 'hat begonnen, Einladungen neu zu schreiben',
  'POST /api/v1/organisation/reissues/:id/stop': 'hat angehalten, Einladungen neu zu schreiben',
  'POST /api/v1/organisation/reissues/:id/undo': 'hat neu geschriebene Einladungen zurückgenommen',
  'POST /api/v1/lines/import': 'hat eine Liste von Leitungen übernommen',
  'DELETE /api/v1/lines/:pbx/:context/:extension': 'hat eine Leitung entfernt',
  'POST /api/v1/organisation/status/:instance/force': 'hat alles eines Systems ansehen lassen',
  'PUT /api/v1/organisation/availability/replays/:id': 'hat vier Wochen unter anderen Einstellungen nachgespielt',
  'POST /api/v1/exchange-links': 'hat über ein Konto entschieden, das verbunden werden will',
  'PUT /api/v1/voicemail-boxes/members': 'hat geändert, wer sich eine Voicemailbox teilt',
  'POST /api/v1/voicemail-boxes/release': 'hat eine angehaltene Voicemailbox weiterlaufen lassen',
};

/** In a language; undefined where there are no words. */
export function deedText(language: string, what: string): string | undefined {
  return new Map<string, string>(Object.entries(pick({ en, de }, language))).get(what);
}
