import { icon } from './icons.ts';
import { h } from './dom.ts';
import type { Actions, Part, Scene } from './context.ts';
import type { LabWords } from './words.ts';

/** The left rail: the minute, the faults. */
export function createRail(actions: Actions): Part {
  const minute = h('section', { class: 'minute', 'aria-labelledby': 'minute-title' });
  const faults = h('section', { class: 'faults', 'aria-labelledby': 'faults-title' });
  const element = h('aside', { class: 'rail' }, minute, faults);

  function draw(scene: Scene): void {
    const { progress, world, words } = scene;
    redraw(minute, [progress.done, progress.sentToBridgeMs, words.title], () => minuteOf(scene, actions));
    redraw(faults, [world.faults, world.server, words.title], () => faultsOf(scene, actions));
  }

  return { element, draw };
}

/** Draws anew only when what it shows has changed, so that focus stays where it is; a focused control is found again by its id. */
function redraw(element: HTMLElement, shown: unknown, make: () => Node[]): void {
  const key = JSON.stringify(shown);
  if (element.dataset.key === key) return;
  element.dataset.key = key;
  const focused = element.contains(document.activeElement) ? document.activeElement?.id : undefined;
  element.replaceChildren(...make());
  if (focused) document.getElementById(focused)?.focus();
}

function minuteOf({ progress, words }: Scene, actions: Actions): Node[] {
  const current = progress.done.indexOf(false);
  const count = progress.done.filter(Boolean).length;
  const steps = stepTexts(words, progress.sentToBridgeMs).map(([title, text], index) =>
    h('li', { class: progress.done[index] ? 'done' : index === current ? 'current' : '', 'aria-current': index === current ? 'step' : undefined },
      h('span', { class: 'mark' }, progress.done[index] ? icon('tick') : String(index + 1)),
      h('div', {},
        h('b', {}, title), h('span', {}, text),
        index === current && h('div', { class: 'buttons' },
          h('button', { id: 'do-it', class: 'primary', onclick: () => void actions.perform(index) }, words.doIt),
          h('button', { id: 'show-where', onclick: () => actions.point(index) }, words.showWhere)))));
  return [
    h('h2', { id: 'minute-title' }, words.oneMinute, h('span', { class: 'count' }, words.of(count, 5))),
    h('ol', {}, ...steps),
    ...(count === 5 ? [h('p', { class: 'finished', role: 'status' }, words.finished)] : []),
  ];
}

function stepTexts(words: LabWords, sentToBridgeMs: number | null): [string, string][] {
  return [
    [words.step1, words.step1Text],
    [words.step2, sentToBridgeMs === null ? words.step2Text : words.step2Done(sentToBridgeMs)],
    [words.step3, words.step3Text],
    [words.step4, words.step4Text],
    [words.step5, words.step5Text],
  ];
}

/** Shown at once; the others, unless they are on, behind a line. */
const firstFaults = new Set(['bridge-down', 'calendar-429', 'notifications-lost', 'pane-offline', 'phone-unplugged']);

function faultsOf({ world, words }: Scene, actions: Actions): Node[] {
  const on = world.faults.filter((fault) => fault.isOn).length;
  const switches = world.faults.map(({ name, isOn }): [boolean, HTMLLIElement] => {
    const [title, note] = words.faults[name] ?? [name, ''];
    return [isOn || firstFaults.has(name), h('li', {},
      h('label', { for: `fault-${name}` }, h('b', {}, title), h('span', {}, note)),
      h('button', { id: `fault-${name}`, role: 'switch', 'aria-checked': String(isOn), 'aria-label': title, class: 'switch', onclick: () => void actions.send({ do: 'fault', name, on: !isOn }) }))];
  });
  const shown = switches.filter(([isFirst]) => isFirst).map(([, row]) => row);
  const more = switches.filter(([isFirst]) => !isFirst).map(([, row]) => row);
  return [
    h('h2', { id: 'faults-title' }, words.breakIt, ...(on > 0 ? [h('span', { class: 'badge' }, words.on(on))] : [])),
    h('ul', {}, ...shown),
    h('details', {}, h('summary', {}, words.moreFaults(more.length)), h('ul', {}, ...more)),
    h('div', { class: 'buttons' },
      h('button', { id: 'kill-server', class: 'danger', onclick: () => void actions.send({ do: 'kill-server' }) }, words.killServer),
      h('button', { id: 'mend-all', class: 'link', onclick: () => void actions.send({ do: 'mend' }) }, words.mendAll)),
    ...(world.server.isUp ? [] : [h('p', { class: 'down', role: 'alert' }, words.serverDown)]),
    h('p', { class: 'fine' }, words.cannotProve),
  ];
}
