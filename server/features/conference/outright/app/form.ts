import { randomUUID } from 'node:crypto';
import { DateTime, IANAZone } from 'luxon';
import { z } from 'zod';
import type { OutrightWords } from '../../../../../words/outright.ts';
import { html, type Html } from '../../../../domain/html.ts';
import type { Delivery, Guest } from '../outright.ts';
import { instantOfForm, placeOf } from '../times.ts';

/** The form on which an event is written, as it was typed. */
export interface EventForm {
  /** Made when the form was shown: sent twice, it makes one event. */
  key: string;
  version: number;
  subject: string;
  /** yyyy-MM-dd and HH:mm in `zone`. */
  date: string;
  from: string;
  to: string;
  /** IANA. */
  zone: string;
  /** One a line. */
  guests: string;
  notes: string;
  delivery: Delivery;
}

const hour = 60 * 60_000;

/** At the next full hour, or as the event stands. `now`: epoch ms, UTC. */
export function emptyForm(now: number, zone: string, delivery: Delivery, guests: readonly Guest[] = [], known?: { startsAt: number | null; endsAt: number | null }): EventForm {
  const start = known?.startsAt ?? Math.ceil(now / hour) * hour;
  const [from, to] = [start, known?.endsAt ?? start + hour / 2].map((instant) => DateTime.fromMillis(instant, { zone }));
  return {
    key: randomUUID(), version: 0, subject: '', date: from?.toFormat('yyyy-MM-dd') ?? '', from: from?.toFormat('HH:mm') ?? '', to: to?.toFormat('HH:mm') ?? '', zone, notes: '', delivery,
    guests: guests.map(({ name, address }) => (name === '' ? address : `${name} <${address}>`)).join('\n'),
  };
}

export function formOf(form: URLSearchParams): EventForm {
  const text = (name: string, most: number): string => (form.get(name) ?? '').slice(0, most);
  const delivery = text('delivery', 16);
  return {
    key: text('key', 64), version: Number(text('version', 12)) || 0, subject: text('subject', 255).trim(), date: text('date', 16), from: text('from', 8), to: text('to', 8), zone: text('zone', 64),
    guests: text('guests', 100_000), notes: text('notes', 8_000).replaceAll('\r\n', '\n').trim(), delivery: delivery === 'calendar' || delivery === 'mail' ? delivery : 'page',
  };
}

export interface FormFacts {
  subject: string;
  startsAt: string;
  endsAt: string;
  timeZone: string;
  guests: Guest[];
  notes: string;
}

/** What the form says, or what is wrong with it, in words for the person. An end before the start is on the next day. */
export function readForm(form: EventForm, words: OutrightWords): { facts: FormFacts } | { problems: string[] } {
  const problems: string[] = [];
  if (form.subject === '') problems.push(words.wrongSubject);
  const isZone = IANAZone.isValidZone(form.zone);
  const startsAt = isZone ? instantOfForm(form.date, form.from, form.zone) : null;
  const sameDay = isZone ? instantOfForm(form.date, form.to, form.zone) : null;
  const nextDay = DateTime.fromISO(form.date, { zone: 'utc' }).plus({ days: 1 });
  const endsAt = startsAt !== null && sameDay !== null && sameDay < startsAt && nextDay.isValid ? instantOfForm(nextDay.toFormat('yyyy-MM-dd'), form.to, form.zone) : sameDay;
  if (startsAt === null || endsAt === null || endsAt <= startsAt) problems.push(words.wrongTime);
  if (!z.uuid().safeParse(form.key).success) problems.push(words.wrongOther);
  const guests = form.guests.split(/[\n;,]+/).map((line) => line.trim()).filter((line) => line !== '').slice(0, 500).map(readGuest);
  for (const guest of guests) if ('wrong' in guest) problems.push(words.wrongAddress(guest.wrong.slice(0, 80)));
  if (problems.length > 0 || startsAt === null || endsAt === null) return { problems };
  return {
    facts: {
      subject: form.subject, startsAt: new Date(startsAt).toISOString(), endsAt: new Date(endsAt).toISOString(), timeZone: form.zone, notes: form.notes,
      guests: guests.flatMap((guest) => ('wrong' in guest ? [] : [guest])),
    },
  };
}

function readGuest(line: string): Guest | { wrong: string } {
  const named = /^(.*?)\s*<([^<>]*)>$/.exec(line);
  const address = (named?.[2] ?? line).trim().toLowerCase();
  return z.email().max(320).safeParse(address).success ? { name: (named?.[1] ?? '').replaceAll('"', '').trim().slice(0, 255), address } : { wrong: line };
}

export function formHtml({ words, form, problems, csrf, offered, action }: {
  words: OutrightWords; form: EventForm; problems: readonly string[]; csrf: string; offered: readonly Delivery[]; action: string;
}): Html {
  const isNew = offered.length > 0;
  return html`<h1>${isNew ? words.newEvent : words.edit}</h1>${
    problems.length > 0 && html`<div class="note alert" role="alert"><b>${words.wrong}</b><ul>${problems.map((each) => html`<li>${each}</li>`)}</ul></div>`
  }<form method="post" action="${action}"><input type="hidden" name="csrf" value="${csrf}"><input type="hidden" name="key" value="${form.key}"><input type="hidden" name="version" value="${form.version}">
<label for="subject">${words.subject}</label><input id="subject" name="subject" required maxlength="255" value="${form.subject}">
<div class="row"><div><label for="date">${words.date}</label><input id="date" name="date" type="date" required value="${form.date}"></div>
<div><label for="from">${words.from}</label><input id="from" name="from" type="time" required value="${form.from}"></div>
<div><label for="to">${words.to}</label><input id="to" name="to" type="time" required value="${form.to}"></div></div>
<label for="zone">${words.zone}</label><select id="zone" name="zone" data-zone="${form.zone}">${zoneOptions(form.zone)}</select>
<label for="guests">${words.guests}</label><p class="soft" id="guests-hint">${words.guestsHint}</p><textarea id="guests" name="guests" rows="4" aria-describedby="guests-hint">${form.guests}</textarea>
<label for="notes">${words.notes}</label><textarea id="notes" name="notes" rows="3" maxlength="8000">${form.notes}</textarea>
${isNew && deliveryHtml(words, form.delivery, offered)}<div class="actions"><button class="filled">${isNew ? words.create : words.save}</button></div></form>`;
}

function deliveryHtml(words: OutrightWords, chosen: Delivery, offered: readonly Delivery[]): Html {
  const checked = new Map(offered.map((each) => [each, each === chosen]));
  return html`<fieldset><legend>${words.delivery}</legend>${offered.map((each) =>
    html`<label class="inline"><input type="radio" name="delivery" value="${each}"${checked.get(each) ? html` checked` : ''}>${words.deliveries[each]}</label>`)}</fieldset>`;
}

/** Every zone that the server knows, each as it is; the chosen one always among them. */
export function zoneOptions(chosen: string): Html[] {
  const known = Intl.supportedValuesOf('timeZone');
  const all = known.includes(chosen) ? known : [chosen, ...known];
  return all.map((zone) => html`<option value="${zone}"${zone === chosen ? html` selected` : ''}>${zone.includes('/') ? `${placeOf(zone)} (${zone.split('/')[0] ?? ''})` : zone}</option>`);
}
