import { findAt, where, type Rule } from '../finding.ts';
import { extensionPoints, resolve, type Manifest } from '../manifest.ts';
import { attribute, below, child, lengthOf, type Element } from '../xml.ts';

/** What fits on a ribbon, and what the pattern of an online meeting provider asks for. */
export const ribbonRules: readonly Rule[] = [
  { name: 'ribbon-tab', from: '10', check: ribbonTab },
  { name: 'ribbon-group', from: '10', check: ribbonGroup },
  { name: 'ribbon-controls', from: '10', check: ribbonControls },
  { name: 'surface-once', from: '10', check: surfaceOnce },
  { name: 'meeting-button', from: '12', check: meetingButton },
  { name: 'organizer-function', from: '12', check: organizerFunction },
  { name: 'label-length', from: '18', check: labelLength },
];

type Found = ReturnType<Rule['check']>;

const ribbons = new Set(['MessageReadCommandSurface', 'MessageComposeCommandSurface', 'AppointmentOrganizerCommandSurface', 'AppointmentAttendeeCommandSurface']);

function surfaces(manifest: Manifest): Element[] {
  return extensionPoints(manifest).filter((each) => ribbons.has(each.type));
}

function ribbonTab(manifest: Manifest): Found {
  return findAt(surfaces(manifest), (surface) => {
    const tabs = surface.children.filter((each) => each.name === 'OfficeTab');
    const [tab] = tabs;
    if (tabs.length === 1 && tab && (!tab.attributes.has('id') || attribute(tab, 'id') === 'TabDefault')) return undefined;
    return { where: where(tab ?? surface), problem: `${surface.type} is not on the default tab alone`, remedy: 'Give it one <OfficeTab id="TabDefault">. Tabs of one\'s own work in classic Outlook only.' };
  });
}

function groupsOf(surface: Element): Element[] {
  return below(surface).filter((each) => each.name === 'Group');
}

function ribbonGroup(manifest: Manifest): Found {
  return findAt(surfaces(manifest), (surface) => (groupsOf(surface).length === 1 || !child(surface, 'OfficeTab') ? undefined
    : { where: where(surface), problem: `has ${groupsOf(surface).length} groups`, remedy: 'Leave one: an add-in may have one group on the default tab.' }));
}

function ribbonControls(manifest: Manifest): Found {
  return findAt(surfaces(manifest).flatMap(groupsOf), (group) => {
    const { length } = group.children.filter((each) => each.name === 'Control');
    return length >= 1 && length <= 6 ? undefined : { where: where(group), problem: `has ${length} controls`, remedy: 'Leave one to six; put more into a menu.' };
  });
}

function surfaceOnce(manifest: Manifest): Found {
  const all = extensionPoints(manifest);
  return findAt(all, (point) => (all.find((each) => each.type === point.type && each.parent === point.parent) === point ? undefined
    : { where: where(point), problem: `a second ${point.type}`, remedy: 'Leave one of each.' }));
}

function meetingButton(manifest: Manifest): Found {
  const points = extensionPoints(manifest).filter((each) => each.type === 'MobileOnlineMeetingCommandSurface');
  return findAt(points, (point) => {
    const controls = point.children.filter((each) => each.name === 'Control');
    if (controls.length === 1 && controls[0]?.type === 'MobileButton') return undefined;
    return { where: where(point), problem: `has ${controls.length} controls`, remedy: 'Give it one <Control xsi:type="MobileButton">: Outlook makes a switch of it.' };
  });
}

/** Outlook takes the organizer's one function as that which adds the meeting (D: outlook/online-meeting); without it there is no button that only adds. */
function organizerFunction(manifest: Manifest): Found {
  const points = surfaces(manifest).filter((each) => each.type === 'AppointmentOrganizerCommandSurface');
  return findAt(points, (point) => {
    const functions = below(point).filter((each) => each.type === 'ExecuteFunction');
    if (functions.length === 1) return undefined;
    return { where: where(functions[1] ?? point), problem: `the organizer has ${functions.length} functions, and needs one`, remedy: 'Give it the one that adds the conference; let the others open the pane.' };
  });
}

const longestLabel = 16;

function labelLength(manifest: Manifest): Found {
  const labels = manifest.all.filter((each) => each.name === 'Label');
  return labels.flatMap((label) => findAt(resolve(manifest, label).filter((text) => lengthOf(text) > longestLabel), (text) => ({
    where: where(label), problem: `"${text}" has ${lengthOf(text)} characters`, remedy: `Shorten it to ${longestLabel}: phones cut off what is longer, and ribbons grow.`,
  })));
}
