import { Html, html } from '../../domain/html.ts';
import type { PageContent } from '../../ports/page.ts';
import { pageStyle } from './page-style.ts';

export interface Shell {
  organisation: string;
  /** The visitor's language, two letters. */
  language: string;
  /** Path and query of this page, for the language links. */
  here: URL;
  /** Name of whoever is signed in; null when nobody is. */
  signedIn: string | null;
  csrf: string;
  /** Somebody could sign in on the web at all. */
  hasSignIn: boolean;
  words: { signIn: string; signOut: string; poweredBy: string; language: string };
}

const languages = [['en', 'English'], ['de', 'Deutsch']] as const;

/** Two arches on a line: the mark of Tieline, drawn as text so that no picture is loaded. */
const mark = new Html('<svg class="mark" viewBox="0 0 24 24" aria-hidden="true"><rect width="24" height="24" rx="4"/><path d="M4 15.5a4 4 0 0 1 8 0 4 4 0 0 1 8 0" fill="none" stroke-width="2.2"/></svg>');

/** A whole page: head, what the feature gave, foot. Works without any script; the one script only tells the visitor's zone. */
export function pageHtml({ title, main, refreshSeconds, refreshTo, language }: PageContent, shell: Shell): string {
  const spoken = language ?? (languages.some(([code]) => code === shell.language) ? shell.language : 'en');
  return html`<!doctype html>
<html lang="${spoken}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">${
    refreshSeconds === undefined ? '' : html`<meta http-equiv="refresh" content="${refreshSeconds}${refreshTo === undefined ? '' : `;url=${refreshTo}`}">`
  }<title>${title}</title><style>${new Html(pageStyle)}</style><script src="/pages/zone.js" defer></script></head>
<body><div class="card"><header><span class="brand">${mark}${shell.organisation}</span><nav aria-label="${shell.words.language}">${languageLinks(shell, spoken)}</nav>${account(shell)}</header>
<main>${main}</main>
<footer><span>${shell.words.poweredBy}</span></footer></div></body></html>
`.text;
}

function languageLinks({ here }: Shell, spoken: string): Html[] {
  return languages.map(([code, name]) => {
    const there = new URL(here);
    there.searchParams.set('lang', code);
    return code === spoken ? html`<span lang="${code}" aria-current="true">${name}</span>` : html`<a lang="${code}" href="${there.pathname}${there.search}">${name}</a>`;
  });
}

function account({ signedIn, csrf, hasSignIn, here, words }: Shell): Html | null {
  if (signedIn !== null) {
    return html`<form method="post" action="/sign-out" class="account"><input type="hidden" name="csrf" value="${csrf}"><span>${signedIn}</span> <button class="quiet">${words.signOut}</button></form>`;
  }
  if (!hasSignIn) return null;
  return html`<span class="account"><a href="/sign-in?return=${encodeURIComponent(here.pathname)}">${words.signIn}</a></span>`;
}
