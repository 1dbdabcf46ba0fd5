import type { OutrightWords } from '../../../../../words/outright.ts';
import { html, type Html } from '../../../../domain/html.ts';
import type { Conference } from '../../conference.ts';
import { spanText } from '../times.ts';

/** *My conferences*: soonest first, or the past ones, latest first. */
export function listHtml(words: OutrightWords, conferences: readonly Conference[], when: 'upcoming' | 'past', timeZone: string, language: string): Html {
  const tab = (which: 'upcoming' | 'past', name: string): Html =>
    which === when ? html`<b aria-current="page">${name}</b>` : html`<a href="/app/?when=${which}">${name}</a>`;
  return html`<h1>${words.title}</h1><div class="actions"><a class="button filled" href="/app/new">${words.newEvent}</a></div>
<nav aria-label="${words.title}">${tab('upcoming', words.upcoming)}${tab('past', words.past)}</nav>${
    conferences.length === 0 ? html`<p data-zone="${timeZone}">${words.none}</p>` : html`<ul class="plain" data-zone="${timeZone}">${conferences.map((each) => row(words, each, timeZone, language))}</ul>`
  }<p><a href="/voicemail/">${words.voicemail}</a></p>`;
}

function row(words: OutrightWords, conference: Conference, timeZone: string, language: string): Html {
  const { id, state, subject } = conference;
  return html`<li><a class="big" href="/app/${id}">${subject ?? words.untitled}</a><br>${spanText(conference, timeZone, language)} · <span class="${state === 'live' ? 'good' : state === 'cancelled' ? 'bad' : 'soft'}">${words.states[state]}</span>${
    (state === 'scheduled' || state === 'live') && html` · <a href="/j/${id}">${words.join}</a>`
  }</li>`;
}
