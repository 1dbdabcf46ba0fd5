import type { Page, PageAnswer, PageRequest, Visitor } from '../../../ports/page.ts';
import { UserError } from '../../../domain/errors.ts';
import { outrightWords } from '../../../../words/outright.ts';
import type { Conference } from '../conference.ts';
import { copiesOf } from '../calendar/copy-rows.ts';
import type { ConferenceDeps } from '../deps.ts';
import { conferencesOf } from '../rows.ts';
import { emptyForm, formHtml, formOf, readForm, type EventForm } from './app/form.ts';
import { listHtml } from './app/list.ts';
import { oneHtml } from './app/one.ts';
import { cancelOutright, changeOutright, createOutright, deliveriesFor, restoreOutright, sendAgain } from './create.ts';
import { ownConference } from './handlers.ts';
import { icsFor } from './invitation.ts';
import { findOutright, mailsOf } from './outright-rows.ts';

/** `/app/`: for people without Outlook (features.md M2). Server-rendered, every change a form. */

const listLength = 50;
/** Looked at again by itself while something is still on its way, seconds. */
const soonSeconds = 5;

export function outrightPages(deps: ConferenceDeps): Page[] {
  /** A page of one conference, for its owner and booker alone. */
  const ofOne = (path: string, methods: Page['methods'], run: (conference: Conference, request: PageRequest, visitor: Visitor) => Promise<PageAnswer>): Page => ({
    path, ...(methods ? { methods } : {}), who: 'user',
    async handle(request) {
      const visitor = signedIn(request);
      return run(await ownConference(deps, request.params['id'] ?? '', visitor), request, visitor);
    },
  });
  /** One press of a button. */
  const press = (path: string, run: (conference: Conference, request: PageRequest) => Promise<unknown>): Page =>
    ofOne(path, ['POST'], async (conference, request) => {
      await run(conference, request);
      return { status: 303, location: `/app/${conference.id}` };
    });

  return [
    {
      path: '/app/', who: 'user',
      async handle(request) {
        const visitor = signedIn(request);
        const words = outrightWords(request.language);
        const when = request.query.get('when') === 'past' ? 'past' : 'upcoming';
        const found = await conferencesOf(deps.store.db, visitor.tenantId, visitor.personId, when, deps.clock.now(), listLength);
        return { status: 200, page: { title: words.title, main: listHtml(words, found.filter(({ isStanding }) => !isStanding), when, zoneOf(request), request.language) } };
      },
    },
    {
      path: '/app/new', methods: ['GET', 'POST'], who: 'user',
      async handle(request) {
        const visitor = signedIn(request);
        const words = outrightWords(request.language);
        const offered = deliveriesFor(deps, { mailbox: await deps.mailboxOf(visitor.tenantId, visitor.personId) });
        const show = (form: EventForm, status: number, problems: readonly string[]): PageAnswer =>
          ({ status, page: { title: words.newEvent, main: formHtml({ words, form, problems, csrf: request.csrf, offered, action: '/app/new' }) } });
        if (request.form.size === 0) return show(emptyForm(deps.clock.now(), zoneOf(request), offered[0] ?? 'page'), 200, []);
        const form = formOf(request.form);
        const read = readForm(form, words);
        if ('problems' in read) return show(form, 422, read.problems);
        const caller = { ...visitor, roles: ['user' as const], ticketFor: null, language: request.language, correlationId: '' };
        return orProblem(async () => {
          const made = await createOutright(deps, { ...read.facts, idempotencyKey: form.key, ...(offered.includes(form.delivery) ? { delivery: form.delivery } : {}) }, caller);
          return { status: 303, location: `/app/${made.id}` };
        }, (message) => show(form, 422, [message]));
      },
    },
    ofOne('/app/:id', undefined, async (conference, request) => {
      const words = outrightWords(request.language);
      const { tenantId, id } = conference;
      const [outright, mails, copies] = await Promise.all([findOutright(deps.store.db, tenantId, id), mailsOf(deps.store.db, tenantId, id), copiesOf(deps.store.db, tenantId, id)]);
      const isUnderWay = outright?.calendarState === 'due' || mails.some(({ state }) => state === 'due' || state === 'sending');
      const main = oneHtml({ deps, words, conference, outright, mails, copies, csrf: request.csrf, timeZone: zoneOf(request), language: request.language });
      return { status: 200, page: { title: conference.subject ?? words.untitled, main, ...(isUnderWay ? { refreshSeconds: soonSeconds } : {}) } };
    }),
    ofOne('/app/:id/edit', ['GET', 'POST'], async (conference, request) => {
      const words = outrightWords(request.language);
      const outright = await findOutright(deps.store.db, conference.tenantId, conference.id);
      if (!outright) return { status: 303, location: `/app/${conference.id}` };
      const show = (form: EventForm, status: number, problems: readonly string[]): PageAnswer =>
        ({ status, page: { title: words.edit, main: formHtml({ words, form, problems, csrf: request.csrf, offered: [], action: `/app/${conference.id}/edit` }) } });
      if (request.form.size === 0) return show(knownForm(conference, outright.notes, outright.guests, outright.delivery), 200, []);
      const form = formOf(request.form);
      const read = readForm(form, words);
      if ('problems' in read) return show(form, 422, read.problems);
      return orProblem(async () => {
        await changeOutright(deps, conference, { ...read.facts, version: form.version });
        return { status: 303, location: `/app/${conference.id}` };
      }, (message) => show(form, 409, [message]));
    }),
    press('/app/:id/cancel', (conference) => cancelOutright(deps, conference)),
    press('/app/:id/restore', (conference) => restoreOutright(deps, conference)),
    press('/app/:id/send-again', async (conference, { form }) => {
      const outright = await findOutright(deps.store.db, conference.tenantId, conference.id);
      const guest = outright?.guests.find(({ address }) => address === form.get('to'));
      if (guest) await sendAgain(deps, conference, guest);
    }),
    ofOne('/app/:id/event.ics', undefined, async (conference) => {
      const outright = await findOutright(deps.store.db, conference.tenantId, conference.id);
      const owner = { name: conference.ownerName, address: conference.ownerAddress || 'nobody@invalid.example' };
      const content = await icsFor(deps, conference, outright, conference.state === 'cancelled' ? 'CANCEL' : 'PUBLISH', owner, []);
      return { status: 200, file: { name: 'conference.ics', type: 'text/calendar; charset=utf-8', content } };
    }),
  ];
}

function knownForm(conference: Conference, notes: string, guests: Parameters<typeof emptyForm>[3], delivery: EventForm['delivery']): EventForm {
  return { ...emptyForm(conference.startsAt ?? 0, conference.timeZone, delivery, guests, conference), notes, subject: conference.subject ?? '', version: conference.version };
}

function zoneOf({ timeZone }: PageRequest): string {
  return timeZone ?? 'UTC';
}

function signedIn({ visitor }: PageRequest): Visitor {
  if (visitor) return visitor;
  throw new UserError(401, { code: 'sign-in-needed', message: 'This needs a signed-in person.', remedy: 'Sign in and try again.' });
}

/** What the person can mend is said on the form, with what they wrote still in it. */
async function orProblem(run: () => Promise<PageAnswer>, show: (message: string) => PageAnswer): Promise<PageAnswer> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof UserError && error.status !== 401 && error.status !== 403) return show([error.problem.message, error.problem.remedy].filter(Boolean).join(' '));
    throw error;
  }
}
