import type { Answer, Facts } from '../../../../../addin/manifest/finding.ts';
import { readManifest } from '../../../../../addin/manifest/manifest.ts';
import { addressesToAsk } from '../../../../../addin/manifest/rules/served.ts';
import { after, own, piece, swap, type Breach } from './breach.ts';

const runtime = piece(/<Runtime resid[^]*?<\/Runtime>/);
const script = '<Override type="javascript" resid="EventsScript.Url"/>';
const send = '<LaunchEvent Type="OnAppointmentSend" FunctionName="onAppointmentSend" SendMode="PromptUser"/>';
const eventsOnMobile = `<ExtensionPoint xsi:type="LaunchEvent"><LaunchEvents>${send}</LaunchEvents><SourceLocation resid="Events.Url"/></ExtensionPoint>`;

const events: Breach[] = [
  { rule: 'runtime-one', what: 'two runtimes', xml: after(own, runtime, runtime) },
  { rule: 'runtime-one', what: 'no script for classic Outlook', xml: swap(swap(own, script, ''), /<bt:Url id="EventsScript\.Url"[^>]*\/>/, '') },
  { rule: 'runtime-one', what: 'two scripts', xml: after(own, script, script) },
  { rule: 'runtime-script', what: 'a page instead of the script', xml: swap(own, 'launchevent.js', 'launchevent.html') },
  { rule: 'runtime-script', what: 'another kind of script', xml: swap(own, 'type="javascript"', 'type="module"') },
  { rule: 'runtime-source', what: 'events on another page', xml: swap(own, '<SourceLocation resid="Events.Url"/>', '<SourceLocation resid="Commands.Url"/>') },
  { rule: 'event-known', what: 'a letter less', xml: swap(own, '"OnAppointmentTimeChanged"', '"OnAppointmentTimeChange"') },
  { rule: 'event-known', what: 'an event in preview', xml: swap(own, '"OnAppointmentTimeChanged"', '"OnMessageReadWithCustomHeader"') },
  { rule: 'event-once', what: 'two handlers of sending', xml: after(own, send, send) },
  { rule: 'send-mode-place', what: 'on a change of time', xml: swap(own, 'FunctionName="onAppointmentTimeChanged"', 'FunctionName="onAppointmentTimeChanged" SendMode="PromptUser"') },
  { rule: 'send-mode-asks', what: 'Block', xml: swap(own, 'SendMode="PromptUser"', 'SendMode="Block"') },
  { rule: 'send-mode-asks', what: 'SoftBlock', xml: swap(own, 'SendMode="PromptUser"', 'SendMode="SoftBlock"') },
  { rule: 'send-mode-asks', what: 'nothing, which means SoftBlock', xml: swap(own, ' SendMode="PromptUser"', '') },
  { rule: 'event-mobile', what: 'sending an appointment on a phone', xml: swap(own, '</MobileFormFactor>', `${eventsOnMobile}</MobileFormFactor>`) },
];

const compose = piece(/<ExtensionPoint xsi:type="MessageComposeCommandSurface">[^]*?<\/ExtensionPoint>/);
const composeTab = piece(/(?<=MessageComposeCommandSurface">\s*)<OfficeTab[^]*?<\/OfficeTab>/);
const composeGroup = piece(/<Group id="tieline\.compose">[^]*?<\/Group>/);
const button = piece(/<Control xsi:type="Button" id="tieline\.compose\.people">[^]*?<\/Control>/);
const meeting = piece(/<Control xsi:type="MobileButton" id="tieline\.mobile\.conference">[^]*?<\/Control>/);
const mobileVoicemail = piece(/<Control xsi:type="MobileButton" id="tieline\.mobile\.voicemail">[^]*?<\/Control>/);

function more(xml: string, count: number): string {
  return Array.from({ length: count }, (_, index) => xml.replaceAll('id="tieline.', `id="more${index}.`)).join('');
}

const ribbon: Breach[] = [
  { rule: 'ribbon-tab', what: 'a tab of another program', xml: swap(own, '<OfficeTab id="TabDefault">', '<OfficeTab id="TabHome">') },
  { rule: 'ribbon-group', what: 'two groups', xml: after(own, composeGroup, more(composeGroup, 1)) },
  { rule: 'ribbon-tab', what: 'two tabs', xml: after(own, composeTab, '<OfficeTab id="TabDefault"></OfficeTab>') },
  { rule: 'ribbon-controls', what: 'seven controls', xml: after(own, button, more(button, 6)) },
  { rule: 'surface-once', what: 'one surface twice', xml: after(own, compose, more(compose, 1)) },
  { rule: 'meeting-button', what: 'two buttons for the meeting', xml: after(own, meeting, more(meeting, 1)) },
  { rule: 'meeting-button', what: 'its button elsewhere', xml: swap(swap(own, meeting, ''), mobileVoicemail, mobileVoicemail + meeting) },
  { rule: 'organizer-function', what: 'no function', xml: swap(own, '<Action xsi:type="ExecuteFunction"><FunctionName>insertConference</FunctionName></Action>', '<Action xsi:type="ShowTaskpane"><SourceLocation resid="Pane.Url"/></Action>') },
  { rule: 'organizer-function', what: 'a second function', xml: swap(own, '<Action xsi:type="ShowTaskpane"><SourceLocation resid="Pane.Url"/></Action>', '<Action xsi:type="ExecuteFunction"><FunctionName>insertConference</FunctionName></Action>') },
  { rule: 'label-length', what: 'a label of 17 characters in one language', xml: swap(own, 'Value="Neue Konferenz"', 'Value="Die neue Sitzung!"') },
];

const functions: Breach[] = [
  { rule: 'function-there', what: 'another name in the manifest', xml: swap(own, '<FunctionName>insertConference<', '<FunctionName>addConference<') },
  { rule: 'function-there', what: 'another name in the code', xml: own, facts: (facts) => ({ ...facts, functions: { ...facts.functions, commands: ['addConference'] } }) },
  { rule: 'handler-there', what: 'another name in the manifest', xml: swap(own, 'FunctionName="onAppointmentSend"', 'FunctionName="onappointmentsend"') },
  { rule: 'handler-there', what: 'a handler in the wrong file', xml: own, facts: (facts) => ({ ...facts, functions: { commands: [...facts.functions.commands, ...facts.functions.events], events: [] } }) },
  { rule: 'page-there', what: 'a page of another name', xml: swap(own, 'addin/taskpane.html?show=people', 'addin/pane.html?show=people') },
  { rule: 'page-there', what: 'a page that is not built', xml: own, facts: (facts) => ({ ...facts, files: facts.files.filter((file) => !file.endsWith('commands.html')) }) },
  { rule: 'append-on-send', what: 'used and not asked for', xml: own, facts: (facts) => ({ ...facts, appendsOnSend: true }) },
  { rule: 'append-on-send', what: 'asked for and not used', xml: after(own, '</WebApplicationInfo>', '<ExtendedPermissions><ExtendedPermission>AppendOnSend</ExtendedPermission></ExtendedPermissions>') },
];

const requirements: Breach[] = [
  { rule: 'set-declarable', what: 'nested app authentication', xml: after(own, '<bt:Set Name="Mailbox"/>', '<bt:Set Name="NestedAppAuth" MinVersion="1.1"/>') },
  { rule: 'set-declarable', what: 'single sign-on', xml: after(own, '<Set Name="Mailbox" MinVersion="1.1"/>', '<Set Name="IdentityAPI" MinVersion="1.1"/>') },
  { rule: 'set-floor', what: 'overrides that phones do not have', xml: swap(own, 'DefaultMinVersion="1.5"', 'DefaultMinVersion="1.8"') },
  { rule: 'set-floor', what: 'a base that asks for more', xml: swap(own, 'MinVersion="1.1"/></Sets>', 'MinVersion="1.3"/></Sets>') },
  { rule: 'size', what: 'more than 256 KB', xml: after(own, '</ProviderName>', `<!-- ${'x'.repeat(256 * 1024)} -->`) },
];

/** A host that serves everything as it should, but for what `change` says. */
function served(change: (address: string) => Partial<Answer>): (facts: Facts) => Facts {
  const manifest = readManifest(own);
  const addresses = 'problem' in manifest ? [] : addressesToAsk(manifest);
  return (facts) => ({ ...facts, answers: new Map(addresses.map((address) => [address, { status: 200, cacheControl: '', ...change(address) }])) });
}

const host: Breach[] = [
  { rule: 'served-file', what: 'a page that is not found', xml: own, facts: served((address) => (address.endsWith('/commands.html') ? { status: 404 } : {})) },
  { rule: 'served-file', what: 'a page that is elsewhere', xml: own, facts: served((address) => (address.endsWith('/taskpane.html') ? { status: 301 } : {})) },
  { rule: 'served-file', what: 'an icon that is not found', xml: own, facts: served((address) => (address.endsWith('new-16.png') ? { status: 404 } : {})) },
  { rule: 'served-file', what: 'no page for help', xml: own, facts: served((address) => (address.endsWith('/help') ? { status: 404 } : {})) },
  { rule: 'served-file', what: 'nobody answers', xml: own, facts: served(() => ({ status: 0 })) },
  { rule: 'served-icon', what: 'no-cache', xml: own, facts: served((address) => (address.endsWith('.png') ? { cacheControl: 'no-cache' } : {})) },
  { rule: 'served-icon', what: 'no-store among others', xml: own, facts: served((address) => (address.endsWith('new-80.png') ? { cacheControl: 'private, No-Store' } : {})) },
];

/** What no schema finds in events, ribbons, functions, requirements and on the host. */
export const behaviourBreaches: readonly Breach[] = [...events, ...ribbon, ...functions, ...requirements, ...host];
