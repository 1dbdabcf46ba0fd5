import { h } from '../dom.ts';
import type { Command, Control, Group } from '../manifest/types.ts';
import type { IconName } from './icons.ts';
import { icon, redraw } from './icons.ts';
import { createMenu } from './menu.ts';

/** One of Outlook's own buttons. `key` names it for tests and for the lab's "Show where", in every language. */
export interface CoreButton { key: string; label: string; icon: IconName; run: () => void }

export interface Ribbon {
  element: HTMLElement;
  /** Outlook's own buttons, then the add-in's groups. */
  draw: (core: readonly CoreButton[], groups: readonly Group[]) => void;
  /** Marks a command as running. */
  setBusy: (commandId: string, isBusy: boolean) => void;
}

/** The picture nearest to what a button shows, by size in px. */
export function pictureOf(icons: Record<number, string>, wanted: number): string | null {
  const sizes = Object.keys(icons).map(Number);
  sizes.sort((a, b) => a - b);
  const size = sizes.find((each) => each >= wanted) ?? sizes.at(-1);
  return size === undefined ? null : (icons[size] ?? null);
}

/** Every command of a control, with the path by which tests press it. */
export function commandsOf(groups: readonly Group[]): { path: string; command: Command }[] {
  return groups.flatMap(({ controls }) => controls).flatMap((control) => {
    if (control.kind === 'button') return [{ path: control.label, command: control }];
    return control.items.map((command) => ({ path: `${control.label} > ${command.label}`, command }));
  });
}

function face(control: Control): HTMLButtonElement {
  const picture = pictureOf(control.icons, 32);
  const tip = [control.title, control.description].filter(Boolean).join('\n');
  return h('button', { type: 'button', class: 'ol-command', title: tip, 'data-ribbon': control.label, 'data-command': control.id },
    picture ? h('img', { src: picture, alt: '', width: 22, height: 22 }) : icon('plus', 22),
    h('span', { class: 'ol-command-label' }, control.label, control.kind === 'menu' ? icon('chevron', 12) : null));
}

function drawCore(button: CoreButton): HTMLElement {
  return h('button', { type: 'button', class: 'ol-command', 'data-ribbon': button.key, onclick: () => button.run() }, icon(button.icon, 22), h('span', { class: 'ol-command-label' }, button.label));
}

export function createRibbon(label: string, run: (command: Command) => void): Ribbon {
  const element = h('div', { class: 'ol-ribbon', role: 'toolbar', 'aria-label': label });
  let drawn = '';

  function drawControl(control: Control): HTMLElement {
    const button = face(control);
    if (control.kind === 'menu') {
      return createMenu(button, control.items.map((command) => ({ label: command.label, title: command.description, image: pictureOf(command.icons, 16), run: () => run(command) })));
    }
    button.addEventListener('click', () => run(control));
    return button;
  }

  function drawGroup({ label: name, controls }: Group): HTMLElement {
    return h('div', { class: 'ol-group', role: 'group', 'aria-label': name }, h('div', { class: 'ol-controls' }, ...controls.map(drawControl)), h('span', { class: 'ol-group-name', 'aria-hidden': 'true' }, name));
  }

  /**
   * The same buttons with other words. New elements would swallow a click: the press takes the focus out of a field, the field's change comes here, and
   * the button under the finger would be another one when it is released.
   */
  function relabel(core: readonly CoreButton[]): void {
    for (const { key, label: text, icon: name } of core) {
      const button = element.querySelector(`[data-ribbon="${key}"]`);
      const words = button?.querySelector('.ol-command-label');
      if (words && words.textContent !== text) words.textContent = text;
      redraw(button?.querySelector('svg') ?? null, name);
    }
  }

  return {
    element,
    draw(core, groups) {
      const face = JSON.stringify([core.map(({ key }) => key), groups]);
      if (face === drawn) return relabel(core);
      drawn = face;
      const own = core.length > 0 ? [h('div', { class: 'ol-group' }, h('div', { class: 'ol-controls' }, ...core.map(drawCore)))] : [];
      element.replaceChildren(...own, ...groups.map(drawGroup));
    },
    setBusy(commandId, isBusy) {
      const button = element.querySelector(`[data-command="${CSS.escape(commandId)}"]`);
      button?.setAttribute('aria-busy', String(isBusy));
    },
  };
}
