import { icon } from './icons.ts';
import { h, show } from './dom.ts';
import { timeOfDay, type Actions, type Part, type Scene } from './context.ts';

const minute = 60_000;

/** The dark bar: product, clock, theme, language, start over. */
export function createBar(actions: Actions, choose: { theme(): void; language(): void }): Part {
  const title = h('span', { class: 'bar-title' });
  const local = h('span', { class: 'pill' });
  const now = h('span', { class: 'now', id: 'lab-clock', role: 'timer' });
  const turns = h('span', { class: 'turns' });
  const choices = h('span', { class: 'choices' });
  const element = h('header', { class: 'bar' }, icon('tieline'), title, local, h('span', { class: 'clock' }, icon('clock'), now, turns), choices);

  function draw({ world, words, language, conference }: Scene): void {
    title.textContent = words.title;
    show(local, icon('lock'), words.local);
    const date = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, { weekday: 'short', day: '2-digit', month: 'short', year: 'numeric', timeZone: world.calendar.timeZone });
    now.textContent = `${date.format(world.clock.now)}  ${timeOfDay(world.clock.now, language, world.calendar.timeZone)}`;
    const starts = conference?.startsAt ? Date.parse(conference.startsAt) : null;
    const key = JSON.stringify([world.clock.isPaused, starts, language]);
    if (turns.dataset.key !== key) {
      turns.dataset.key = key;
      turns.replaceChildren(
        h('button', { 'aria-label': world.clock.isPaused ? words.resume : words.pause, onclick: () => void actions.send({ do: 'clock', turn: world.clock.isPaused ? 'resume' : 'pause' }) }, icon(world.clock.isPaused ? 'play' : 'pause')),
        h('button', { onclick: () => void actions.send({ do: 'clock', turn: 'advance', by: minute }) }, words.minute),
        h('button', { onclick: () => void actions.send({ do: 'clock', turn: 'advance', by: 10 * minute }) }, words.tenMinutes),
        h('button', { disabled: starts === null, onclick: () => void (starts !== null && actions.send({ do: 'clock', turn: 'set', to: starts })) }, words.toStart),
      );
    }
    if (choices.dataset.key !== language) {
      choices.dataset.key = language;
      choices.replaceChildren(
        h('button', { class: 'pill', onclick: choose.theme }, icon('moon'), document.documentElement.dataset.theme === 'dark' ? words.light : words.dark),
        h('button', { class: 'pill', lang: language === 'en' ? 'de' : 'en', onclick: choose.language }, language === 'en' ? 'Deutsch' : 'English'),
        h('button', { class: 'pill', onclick: () => void actions.send({ do: 'start-over' }) }, icon('again'), words.startOver),
      );
    }
  }

  return { element, draw };
}
