import type { VoicemailTeamView } from '../../../../contract/voicemail/team.ts';
import { html, type Html } from '../../../domain/html.ts';
import { press, type Look } from './shown.ts';

/** "Anna Berger has it", "You are done with it". */
export function takenText({ name, isMe, doneAt }: NonNullable<VoicemailTeamView['taken']>, { words }: Look): string {
  if (doneAt !== null) return isMe ? words.doneByMe : words.doneBy(name);
  return isMe ? words.takenByMe : words.takenBy(name);
}

/** Who looks after a message of a shared box, and how to take it. Whom the form takes it from is whom its reader saw. */
export function teamHtml(id: string, team: VoicemailTeamView | null, look: Look): Html | null {
  if (!team) return null;
  const { words } = look;
  const { taken, playedBy, access, box } = team;
  const players = playedBy.map(({ name, isMe }) => (isMe ? words.me : name)).join(', ');
  const at = (deed: string): string => `/voicemail/${id}/${deed}`;
  const button = taken === null ? press(at('take'), words.take, look) : !taken.isMe ? press(at('take'), words.takeOver, look, { from: taken.personId }) : taken.doneAt === null ? press(at('done'), words.done, look) : press(at('not-done'), words.notDone, look);
  return html`<div class="note"><p><b>${box.name}</b>${taken && html` · ${takenText(taken, look)}`}</p>${players !== '' && html`<p class="soft">${words.playedBy(players)}</p>`}${access !== 'listen' && html`<div class="actions">${button}</div>`}</div>`;
}
