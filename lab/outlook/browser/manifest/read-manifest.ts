import type { LaunchEvent, Manifest, Permission, SendMode, Surface } from './types.ts';
import type { Resources } from './resources.ts';
import { localised, readResources } from './resources.ts';
import { readGroups } from './surfaces.ts';
import { attribute, child, children, need, parseXml, textOf, typeOf } from './xml.ts';

const permissions: Permission[] = ['Restricted', 'ReadItem', 'ReadWriteItem', 'ReadWriteMailbox'];
const surfaces: Surface[] = ['MessageReadCommandSurface', 'MessageComposeCommandSurface', 'AppointmentOrganizerCommandSurface', 'AppointmentAttendeeCommandSurface'];
const sendModes: SendMode[] = ['PromptUser', 'SoftBlock', 'Block'];
/** What Outlook takes when the manifest names no send mode. */
const defaultSendMode: SendMode = 'SoftBlock';

function oneOf<T extends string>(known: readonly T[], value: string, fallback: T): T {
  return known.find((each) => each === value) ?? fallback;
}

/** The overrides that modern Outlook uses: the innermost, which is 1.1 and inherits nothing from 1.0. */
function innermost(root: Element): Element | null {
  let found = child(root, 'VersionOverrides');
  for (let inner = found; inner; inner = child(inner, 'VersionOverrides')) found = inner;
  return found;
}

function readLaunchEvents(point: Element | undefined): LaunchEvent[] {
  return point ? children(need(point, 'LaunchEvents'), 'LaunchEvent').map((each) => ({
    type: attribute(each, 'Type'),
    functionName: attribute(each, 'FunctionName'),
    sendMode: oneOf(sendModes, each.getAttribute('SendMode') ?? '', defaultSendMode),
  })) : [];
}

type DesktopForm = Pick<Manifest, 'functionFile' | 'supportsSharedFolders' | 'surfaces' | 'launchEvents' | 'runtimePage'>;

function readDesktop(overrides: Element, resources: Resources): DesktopForm {
  const host = children(need(overrides, 'Hosts'), 'Host').find((each) => typeOf(each) === 'MailHost');
  const desktop = host ? child(host, 'DesktopFormFactor') : null;
  if (!desktop) return { functionFile: null, supportsSharedFolders: false, surfaces: {}, launchEvents: [], runtimePage: null };
  const functionFile = child(desktop, 'FunctionFile');
  const points = children(desktop, 'ExtensionPoint');
  const ribbons = points.filter((point) => surfaces.some((surface) => surface === typeOf(point)));
  const launch = points.find((point) => typeOf(point) === 'LaunchEvent');
  return {
    functionFile: functionFile ? resources.of(functionFile) : null,
    supportsSharedFolders: textOf(desktop, 'SupportsSharedFolders') === 'true',
    surfaces: Object.fromEntries(ribbons.map((point) => [typeOf(point), readGroups(point, resources)])),
    launchEvents: readLaunchEvents(launch),
    runtimePage: launch ? resources.of(need(launch, 'SourceLocation')) : null,
  };
}

/** Reads a manifest for a user whose Outlook speaks `locale` (`en-US`). Throws ManifestError where Outlook would not take it. */
export function readManifest(xml: string, locale: string): Manifest {
  const root = parseXml(xml);
  const overrides = innermost(root);
  const resources = overrides ? readResources(overrides, locale) : null;
  const domains = child(root, 'AppDomains');
  const icon = child(root, 'IconUrl');
  const desktop = overrides && resources ? readDesktop(overrides, resources) : { functionFile: null, supportsSharedFolders: false, surfaces: {}, launchEvents: [], runtimePage: null };
  return {
    id: textOf(root, 'Id').toLowerCase(),
    version: textOf(root, 'Version'),
    displayName: localised(need(root, 'DisplayName'), locale),
    defaultLocale: textOf(root, 'DefaultLocale'),
    permission: oneOf(permissions, textOf(root, 'Permissions'), 'Restricted'),
    appDomains: domains ? children(domains, 'AppDomain').map((each) => each.textContent?.trim() ?? '') : [],
    iconAddress: icon ? localised(icon, locale) : '',
    images: resources?.images ?? {},
    ...desktop,
  };
}
