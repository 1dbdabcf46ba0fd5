import type { VoicemailInTheWay, VoicemailView } from '../../../../contract/voicemail/voicemail.ts';
import type { VoicemailTeamView } from '../../../../contract/voicemail/team.ts';
import { listeningWords } from '../../../../words/listening.ts';
import { html, type Html } from '../../../domain/html.ts';
import { takenText } from './team.ts';
import { callerOf, factsOf, isGone, stateShown, type Look } from './shown.ts';

/** Which messages a list shows. */
export const filters = ['all', 'unheard', 'deleted'] as const;
export type Filter = (typeof filters)[number];

export function isShown(view: VoicemailView, filter: Filter): boolean {
  if (filter === 'deleted') return isGone(view);
  return filter === 'unheard' ? stateShown(view) === 'unheard' : !isGone(view);
}

/** What changes this list, as a query of contract/live.ts. */
const liveTopics = new URLSearchParams(['voicemail', 'team-voicemail', 'voicemail-in-the-way', 'voicemail-in-the-way:all'].map((topic): [string, string] => ['topic', topic])).toString();

/** *Voicemail*: newest first. `inTheWay`: why mail and voicemail are not in step, in the words of the pane. `olderThan`: where the next page begins; null at the end. */
export function listHtml(views: readonly VoicemailView[], filter: Filter, olderThan: string | null, shared: readonly { voicemail: VoicemailView; team: VoicemailTeamView }[], inTheWay: readonly VoicemailInTheWay[], look: Look): Html {
  const { words, timeZone } = look;
  const tab = (which: Filter): Html => (which === filter ? html`<b aria-current="page">${words[which]}</b>` : html`<a href="/voicemail/?show=${which}">${words[which]}</a>`);
  return html`<div data-live="${liveTopics}"><h1>${words.title}</h1><nav aria-label="${words.which}">${filters.map(tab)}</nav>${inTheWay.map((each) => whyHtml(each, look))}${
    views.length === 0 ? html`<div class="note" data-zone="${timeZone}"><p><b>${filter === 'all' ? words.none : words.noneHere}</b></p>${filter === 'all' && html`<p>${words.noneText}</p>`}</div>`
      : html`<ul class="plain" data-zone="${timeZone}">${views.map((view) => html`<li>${rowHtml(view, look)}</li>`)}</ul>`
  }${olderThan !== null && html`<p><a href="/voicemail/?show=${filter}&amp;before=${encodeURIComponent(olderThan)}">${words.older}</a></p>`}${
    shared.length > 0 && html`<h2>${words.shared}</h2><ul class="plain">${shared.map(({ voicemail, team }) => html`<li>${rowHtml(voicemail, look)}<br><span class="soft">${team.box.name}${team.taken && html` · ${takenText(team.taken, look)}`}</span></li>`)}</ul>`
  }
<p><a href="/app/">${words.conferences}</a></p></div><script src="/voicemail/list.js" defer></script>`;
}

function whyHtml(why: VoicemailInTheWay, { language }: Look): Html {
  const { lead, text } = listeningWords(language).inTheWay[why];
  return html`<div class="note" role="status"><p><b>${lead}</b> ${text}</p></div>`;
}

/** One message as a line of a list. Unheard is a word and not only a weight. */
export function rowHtml(view: VoicemailView, look: Look): Html {
  const { words } = look;
  const state = stateShown(view);
  const name = callerOf(view, words);
  return html`<a class="${state === 'unheard' ? 'big' : ''}" href="/voicemail/${view.id}">${name}</a><br><span class="soft">${factsOf(view, look)}</span> · <span class="${state === 'unheard' ? 'good' : 'soft'}">${words.states[state]}</span>${
    view.isUrgent && html` · <span class="bad">${words.urgent}</span>`
  }${view.protection !== undefined && view.protection !== 'none' && html` · <span class="soft">${words.confidential}</span>`}`;
}
