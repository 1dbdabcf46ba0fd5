import type { Action, Command, Control, Group } from './types.ts';
import type { Resources } from './resources.ts';
import { ManifestError, attribute, child, children, need, textOf, typeOf } from './xml.ts';

function readAction(element: Element, resources: Resources): Action {
  const type = typeOf(element);
  if (type === 'ExecuteFunction') return { kind: 'function', name: textOf(element, 'FunctionName') };
  if (type !== 'ShowTaskpane') throw new ManifestError(`Outlook knows no action "${type}".`);
  return {
    kind: 'pane',
    address: resources.of(need(element, 'SourceLocation')),
    isPinnable: textOf(element, 'SupportsPinning') === 'true',
    supportsNoItem: textOf(element, 'SupportsNoItemContext') === 'true',
  };
}

function readFace(element: Element, resources: Resources): Omit<Command, 'action'> {
  const tip = child(element, 'Supertip');
  const icon = child(element, 'Icon');
  const icons: Record<number, string> = {};
  for (const image of icon ? children(icon, 'Image') : []) icons[Number(attribute(image, 'size'))] = resources.of(image);
  return {
    id: attribute(element, 'id'),
    label: resources.of(need(element, 'Label')),
    title: tip ? resources.of(need(tip, 'Title')) : '',
    description: tip ? resources.of(need(tip, 'Description')) : '',
    icons,
  };
}

function readCommand(element: Element, resources: Resources): Command {
  return { ...readFace(element, resources), action: readAction(need(element, 'Action'), resources) };
}

function readControl(element: Element, resources: Resources): Control {
  const type = typeOf(element);
  if (type === 'Button') return { kind: 'button', ...readCommand(element, resources) };
  if (type !== 'Menu') throw new ManifestError(`Outlook's ribbon knows no control "${type}".`);
  const items = children(need(element, 'Items'), 'Item').map((item) => readCommand(item, resources));
  return { kind: 'menu', ...readFace(element, resources), items };
}

/** The groups of one command surface: its ribbon tab. */
export function readGroups(extensionPoint: Element, resources: Resources): Group[] {
  const tabs = [...children(extensionPoint, 'OfficeTab'), ...children(extensionPoint, 'CustomTab')];
  return tabs.flatMap((tab) => children(tab, 'Group')).map((group) => ({
    id: attribute(group, 'id'),
    label: resources.of(need(group, 'Label')),
    controls: children(group, 'Control').map((control) => readControl(control, resources)),
  }));
}
