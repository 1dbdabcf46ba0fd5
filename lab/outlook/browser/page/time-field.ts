import { freshId, h } from '../dom.ts';
import type { ItemFields, OpenItem } from '../host/item.ts';
import { instantOf, isoDate, wallTime } from '../zones.ts';
import type { Formats, Repeat } from './format.ts';
import { repeatOf, repeatText } from './format.ts';
import { recurrenceFor } from './recurrence-choice.ts';
import { row } from './row.ts';
import type { Words } from './words.ts';

export interface TimeFieldOptions { item: OpenItem; formats: Formats; words: Words }

const dayMs = 86_400_000;
const shown: readonly (keyof ItemFields)[] = ['start', 'end', 'isAllDay', 'recurrence', 'zone'];

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

/** The line of time and repetition: a sentence, behind which the fields lie. Times are on the wall of the item's zone. */
export function createTimeField({ item, formats, words }: TimeFieldOptions): { element: HTMLElement; stop(): void } {
  const id = freshId('time');
  const summary = h('button', { type: 'button', class: 'ol-text-button', 'aria-expanded': 'false', 'aria-controls': id, onclick: toggle });
  const date = h('input', { type: 'date', 'aria-label': words.startDate, onchange: setStart });
  const start = h('input', { type: 'time', 'aria-label': words.startTime, onchange: setStart });
  const end = h('input', { type: 'time', 'aria-label': words.endTime, onchange: setEnd });
  const allDay = h('input', { type: 'checkbox', onchange: () => item.change({ isAllDay: allDay.checked }, 'user') });
  const choices: [Repeat, string][] = [['none', words.noRepeat], ['daily', words.daily], ['weekdays', words.weekdays], ['weekly', words.weekly], ['monthly', words.monthly], ['custom', words.custom]];
  const repeat = h('select', { 'aria-label': words.repeats, disabled: item.facts.kind === 'occurrence', onchange: setRepeat }, ...choices.map(([value, text]) => h('option', { value, hidden: value === 'custom' }, text)));
  const fields = h('span', { id, class: 'ol-time-fields', hidden: true }, date, start, h('span', {}, '–'), end, h('label', { class: 'ol-check' }, allDay, words.allDay), repeat);
  const element = row(words.time, null, summary, fields);

  function toggle(): void {
    fields.hidden = !fields.hidden;
    summary.setAttribute('aria-expanded', String(!fields.hidden));
    if (!fields.hidden) date.focus();
  }

  function instant(day: string, time: string): number | null {
    const [year, month, dayOfMonth] = day.split('-').map(Number);
    const [hour, minute] = time.split(':').map(Number);
    if (!year || !month || !dayOfMonth || hour === undefined || minute === undefined || Number.isNaN(minute)) return null;
    return instantOf({ year, month, day: dayOfMonth, hour, minute }, item.fields.zone);
  }

  /** A new start keeps the length, as everywhere in Outlook. */
  function setStart(): void {
    const next = instant(date.value, start.value);
    if (next !== null) item.change({ start: next, end: next + item.fields.end - item.fields.start }, 'user');
  }

  function setEnd(): void {
    const next = instant(date.value, end.value);
    if (next !== null) item.change({ end: next < item.fields.start ? next + dayMs : next }, 'user');
  }

  function setRepeat(): void {
    const choice = choices.find(([value]) => value === repeat.value)?.[0] ?? 'custom';
    if (choice !== 'custom') item.change({ recurrence: recurrenceFor(choice, item.fields.start, item.fields.zone) }, 'user');
  }

  function draw(): void {
    const { start: from, end: until, isAllDay, recurrence, zone } = item.fields;
    summary.textContent = [formats.span(from, until, isAllDay), repeatText(recurrence, words)].filter(Boolean).join(' · ');
    const [first, last] = [wallTime(from, zone), wallTime(until, zone)];
    date.value = isoDate(first);
    start.value = `${twoDigits(first.hour)}:${twoDigits(first.minute)}`;
    end.value = `${twoDigits(last.hour)}:${twoDigits(last.minute)}`;
    start.disabled = end.disabled = isAllDay;
    allDay.checked = isAllDay;
    repeat.value = repeatOf(recurrence);
  }

  draw();
  const stop = item.watch((changed) => {
    if (shown.some((name) => changed.has(name))) draw();
  });
  return { element, stop };
}
