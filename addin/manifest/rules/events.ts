import { findAt, where, type Rule } from '../finding.ts';
import type { Manifest } from '../manifest.ts';
import { attribute, below, type Element } from '../xml.ts';

/** Which events there are, and how sending may be held up. */
export const eventRules: readonly Rule[] = [
  { name: 'event-known', from: '8', check: eventKnown },
  { name: 'event-once', from: '8', check: eventOnce },
  { name: 'send-mode-place', from: '8', check: sendModePlace },
  { name: 'send-mode-asks', from: '8', check: sendModeAsks },
  { name: 'event-mobile', from: '9', check: eventMobile },
];

type Found = ReturnType<Rule['check']>;

const sending = ['OnMessageSend', 'OnAppointmentSend'];

/** Those that mobile Outlook raises too (D: mobile-event-based). */
const onMobile = ['OnNewMessageCompose', 'OnMessageRecipientsChanged', 'OnMessageFromChanged'];

/** Released events of Outlook (D: develop/event-based-activation, 2026-07-30); those in preview are not for production. */
const events = new Set([
  'OnNewAppointmentOrganizer', 'OnAppointmentOrganizer', 'OnAppointmentAttendeesChanged', 'OnAppointmentTimeChanged', 'OnAppointmentRecurrenceChanged',
  'OnAppointmentAttachmentsChanged', 'OnAppointmentFromChanged', 'OnInfoBarDismissClicked', 'OnMessageCompose', 'OnMessageAttachmentsChanged', 'OnMessageDecrypt',
  'OnSensitivityLabelChanged', ...sending, ...onMobile,
]);

function launches({ all }: Manifest): Element[] {
  return all.filter((each) => each.name === 'LaunchEvent' && each.attributes.has('Type'));
}

function eventKnown(manifest: Manifest): Found {
  return findAt(launches(manifest), (element) => (events.has(attribute(element, 'Type')) ? undefined
    : { where: where(element), problem: `Outlook has no event "${attribute(element, 'Type')}"`, remedy: 'Correct its name; events in preview do not run for everybody.' }));
}

function eventOnce({ desktop, mobile }: Manifest): Found {
  return [desktop, mobile].flatMap((form) => {
    const all = below(form).filter((each) => each.name === 'LaunchEvent');
    return findAt(all, (element) => (all.find((each) => attribute(each, 'Type') === attribute(element, 'Type')) === element ? undefined
      : { where: where(element), problem: `a second handler for ${attribute(element, 'Type')}`, remedy: 'Leave one; for the events of sending Outlook refuses a second.' }));
  });
}

function sendModePlace(manifest: Manifest): Found {
  return findAt(launches(manifest), (element) => (!element.attributes.has('SendMode') || sending.includes(attribute(element, 'Type')) ? undefined
    : { where: where(element), problem: 'only events of sending have a SendMode', remedy: 'Take SendMode out.' }));
}

/**
 * Ours is PromptUser: a server that is away must not stop invitations (CONTRIBUTING.md, Decisions). Block fails Marketplace besides,
 * and without a SendMode Outlook takes SoftBlock.
 */
function sendModeAsks(manifest: Manifest): Found {
  return findAt(launches(manifest).filter((each) => sending.includes(attribute(each, 'Type'))), (element) => {
    const mode = attribute(element, 'SendMode') || 'SoftBlock';
    if (mode !== 'SoftBlock' && mode !== 'Block') return undefined;
    return { where: where(element), problem: `with ${mode} nobody can send while the add-in cannot answer${mode === 'Block' ? ', and Marketplace refuses it' : ''}`, remedy: 'Write SendMode="PromptUser".' };
  });
}

function eventMobile({ mobile }: Manifest): Found {
  const all = below(mobile).filter((each) => each.name === 'LaunchEvent');
  return findAt(all, (element) => (onMobile.includes(attribute(element, 'Type')) || !events.has(attribute(element, 'Type')) ? undefined
    : { where: where(element), problem: `mobile Outlook never raises ${attribute(element, 'Type')}`, remedy: `Leave it to the desktop; here may stand ${onMobile.join(', ')}.` }));
}
