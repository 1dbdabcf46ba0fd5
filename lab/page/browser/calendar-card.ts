import { h, show } from './dom.ts';
import { icon } from './icons.ts';
import { createCard } from './cards.ts';
import { timeOfDay, type Actions, type Part, type Scene } from './context.ts';
import type { CalendarCardEvent } from '../world.ts';

const hour = 3_600_000;
/** Height of one hour, pixels; the style sheet draws its lines by the same number. */
const hourHeight = 38;
const hoursShown = 4;

/** The calendar as Graph tells it: drag an event to another time or press Del. The add-in hears neither. */
export function createCalendarCard(actions: Actions): Part {
  const grid = h('div', { class: 'grid' });
  const note = h('p', { class: 'note' });
  const card = createCard('calendar', 'calendar', (words) => [words.calendar, words.calendarText], h('div', {}, grid, note),
    ({ world, language }) => [world.calendar, firstHour(world.clock.now, world.calendar.events), language]);

  function draw(scene: Scene): void {
    card.draw(scene);
    if (!card.changed(scene)) return;
    const { world: { calendar, clock }, words, language } = scene;
    const from = firstHour(clock.now, calendar.events);
    const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.event : undefined;
    const lines = Array.from({ length: hoursShown }, (_, index) => h('div', { class: 'hour' }, timeOfDay(from + index * hour, language, calendar.timeZone, false)));
    const events = calendar.events.filter((event) => event.start < from + hoursShown * hour && event.end > from).map((event) => eventOf(event, from, scene, actions));
    grid.replaceChildren(...lines, ...events, ...(calendar.events.length === 0 ? [h('p', { class: 'empty' }, words.calendarEmpty)] : []));
    if (focused) grid.querySelector<HTMLElement>(`[data-event="${CSS.escape(focused)}"]`)?.focus();
    const notes = { watched: words.mails(calendar.mails), lost: words.noteLost, late: words.noteLate, twice: words.noteTwice, throttled: words.noteThrottled };
    show(note, ...(calendar.note === 'watched' ? [] : [icon('warn')]), notes[calendar.note]);
    note.classList.toggle('amber', calendar.note !== 'watched');
  }

  return { element: card.element, draw };
}

/** The card begins one hour before now, or before the first event when that is earlier today. */
function firstHour(now: number, events: readonly CalendarCardEvent[]): number {
  const first = Math.min(now, ...events.filter((event) => event.end > now - 4 * hour).map((event) => event.start));
  return Math.floor(Math.max(first, now - 2 * hour) / hour) * hour;
}

function eventOf(event: CalendarCardEvent, from: number, { words, language, world }: Scene, actions: Actions): HTMLElement {
  const top = ((event.start - from) / hour) * hourHeight;
  const element = h('button', {
    class: event.isDraft ? 'event draft' : 'event', 'data-event': event.id,
    'aria-label': `${event.subject}, ${timeOfDay(event.start, language, world.calendar.timeZone, false)}. ${words.calendarHint}`,
    onkeydown: (pressed) => keyed(pressed as KeyboardEvent, event, actions),
  }, h('b', {}, event.subject), h('span', {}, event.isDraft ? words.calendarDraft : words.calendarHint));
  element.style.top = `${top}px`;
  element.style.height = `${Math.max(26, ((event.end - event.start) / hour) * hourHeight - 2)}px`;
  element.addEventListener('pointerdown', (down) => drag(element, down, event, actions));
  return element;
}

/** Arrow keys move by half an hour, Del deletes. */
function keyed(pressed: KeyboardEvent, event: CalendarCardEvent, actions: Actions): void {
  const step = { ArrowDown: hour / 2, ArrowUp: -hour / 2 }[pressed.key];
  if (step !== undefined) void actions.send({ do: 'move', id: event.id, start: event.start + step });
  else if (pressed.key === 'Delete' || pressed.key === 'Backspace') void actions.send({ do: 'delete', id: event.id });
  else return;
  pressed.preventDefault();
}

function drag(element: HTMLElement, down: PointerEvent, event: CalendarCardEvent, actions: Actions): void {
  element.setPointerCapture(down.pointerId);
  const offset = Number.parseFloat(element.style.top);
  let moved = 0;
  function follow(move: PointerEvent): void {
    moved = move.clientY - down.clientY;
    element.style.top = `${offset + moved}px`;
  }
  element.addEventListener('pointermove', follow);
  element.addEventListener('pointerup', () => {
    element.removeEventListener('pointermove', follow);
    // Half hours, as calendars do; a short slip of the hand is a click.
    const start = Math.round((event.start + (moved / hourHeight) * hour) / (hour / 2)) * (hour / 2);
    if (Math.abs(moved) > 6 && start !== event.start) void actions.send({ do: 'move', id: event.id, start });
    else element.style.top = `${offset}px`;
  }, { once: true });
}
