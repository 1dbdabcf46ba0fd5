/**
 * Which elements stand in which, in which order, and with which attributes: the part of Microsoft's schemas that an add-in for
 * mail needs, told in our own words after office-js-docs (manifest-element-ordering, the element pages) and MS-OWEMXML 5.1 to 5.5.
 * What is missing here (contextual add-ins, custom panes, spam reporting) this add-in does not use.
 */

/** Children in their order: `Name` once, `Name?` at most once, `Name+` at least once, `Name*` any number. */
interface Shape {
  children: readonly string[];
  /** Same signs; an attribute stands once or not at all. */
  attributes: readonly string[];
}

function words(text: string): string[] {
  return text.split(' ').filter((word) => word !== '');
}

function shape(children = '', attributes = ''): Shape {
  return { children: words(children), attributes: words(attributes) };
}

const localised = shape('Override*', 'DefaultValue');
const resource = shape('Override*', 'id DefaultValue');
const reference = shape('', 'resid');
const ribbon = shape('OfficeTab*');
const value = shape();

/** By name, by `Name:type`, or by `Parent/Name` and `Parent:type/Name` where the same name means several things. The most particular one counts. */
const shapes: Readonly<Record<string, Shape>> = {
  'OfficeApp:MailApp': shape('Id AlternateId? Version ProviderName DefaultLocale DisplayName Description IconUrl HighResolutionIconUrl SupportUrl AppDomains? Hosts Requirements FormSettings Permissions Rule DisableEntityHighlighting? VersionOverrides'),
  Id: value, AlternateId: value, Version: value, ProviderName: value, DefaultLocale: value, Permissions: value, DisableEntityHighlighting: value,
  DisplayName: localised, Description: localised, IconUrl: localised, HighResolutionIconUrl: localised, SupportUrl: localised,
  AppDomains: shape('AppDomain+'), AppDomain: value,
  Hosts: shape('Host+'), Host: shape('', 'Name'),
  Requirements: shape('Sets'), Sets: shape('Set+', 'DefaultMinVersion?'), Set: shape('', 'Name MinVersion?'),
  FormSettings: shape('Form+'), 'Form:ItemRead': shape('DesktopSettings TabletSettings? PhoneSettings?'), 'Form:ItemEdit': shape('DesktopSettings TabletSettings? PhoneSettings?'),
  'Form:ItemRead/DesktopSettings': shape('SourceLocation RequestedHeight'), 'Form:ItemRead/TabletSettings': shape('SourceLocation RequestedHeight'),
  DesktopSettings: shape('SourceLocation'), TabletSettings: shape('SourceLocation'), PhoneSettings: shape('SourceLocation'),
  'DesktopSettings/SourceLocation': localised, 'TabletSettings/SourceLocation': localised, 'PhoneSettings/SourceLocation': localised, RequestedHeight: value,
  'Rule:RuleCollection': shape('Rule+', 'Mode'), 'Rule:ItemIs': shape('', 'ItemType FormType? ItemClass? IncludeSubClasses?'), 'Rule:ItemHasAttachment': value,

  'VersionOverrides:VersionOverridesV1_0': shape('Description? Requirements? Hosts? Resources? WebApplicationInfo? VersionOverrides'),
  'VersionOverrides:VersionOverridesV1_1': shape('Description? Requirements? Hosts Resources WebApplicationInfo? EquivalentAddins? ConnectedServiceControls? ExtendedPermissions?'),
  'VersionOverrides/Description': reference,
  'Host:MailHost': shape('Runtimes? DesktopFormFactor? MobileFormFactor?'),
  Runtimes: shape('Runtime+'), Runtime: shape('Override*', 'resid'), 'Runtime/Override': shape('', 'type resid'),
  DesktopFormFactor: shape('SupportsSharedFolders? FunctionFile? ExtensionPoint+'), MobileFormFactor: shape('FunctionFile? ExtensionPoint+'),
  SupportsSharedFolders: value, FunctionFile: reference,

  'ExtensionPoint:MessageReadCommandSurface': ribbon, 'ExtensionPoint:MessageComposeCommandSurface': ribbon,
  'ExtensionPoint:AppointmentOrganizerCommandSurface': ribbon, 'ExtensionPoint:AppointmentAttendeeCommandSurface': ribbon,
  'ExtensionPoint:LaunchEvent': shape('LaunchEvents SourceLocation'),
  'ExtensionPoint:MobileMessageReadCommandSurface': shape('Group'),
  'ExtensionPoint:MobileOnlineMeetingCommandSurface': shape('Control*'), 'ExtensionPoint:MobileLogEventAppointmentAttendee': shape('Control*'),
  LaunchEvents: shape('LaunchEvent+'), LaunchEvent: shape('', 'Type FunctionName SendMode? HeaderName?'),
  OfficeTab: shape('Group*', 'id'), Group: shape('Label Control*', 'id'),
  'Control:Button': shape('Label Supertip Icon Action', 'id'), 'Control:Menu': shape('Label Supertip Icon Items', 'id'), 'Control:MobileButton': shape('Label Icon Action', 'id'),
  Items: shape('Item+'), Item: shape('Label Supertip Icon? Action', 'id'),
  Label: reference, Supertip: shape('Title Description'), Title: reference, 'Supertip/Description': reference,
  Icon: shape('Image*'), 'Icon:MobileIconList': shape('Image*'), 'Icon/Image': shape('', 'size scale? resid'),
  'Action:ShowTaskpane': shape('SourceLocation SupportsPinning? SupportsNoItemContext? SupportsMultiSelect?'), 'Action:ExecuteFunction': shape('FunctionName SupportsNoItemContext? SupportsMultiSelect?'),
  'Action/SourceLocation': reference, 'ExtensionPoint/SourceLocation': reference, FunctionName: value,
  SupportsPinning: value, SupportsNoItemContext: value, SupportsMultiSelect: value,

  Resources: shape('Images? Urls? ShortStrings? LongStrings?'),
  Images: shape('Image*'), Urls: shape('Url*'), ShortStrings: shape('String*'), LongStrings: shape('String*'),
  'Images/Image': resource, Url: resource, String: resource, Override: shape('', 'Locale Value'),
  WebApplicationInfo: shape('Id Resource Scopes'), Resource: value, Scopes: shape('Scope+'), Scope: value,
  EquivalentAddins: shape('EquivalentAddin+'), EquivalentAddin: shape('ProgId Type'), ProgId: value, Type: value,
  ConnectedServiceControls: value,
  ExtendedPermissions: shape('ExtendedPermission+'), ExtendedPermission: value,
};

/** The shape of an element; undefined for one that this add-in has no use for. */
export function shapeOf({ name, type, parent }: { name: string; type: string; parent: { name: string; type: string } | null }): Shape | undefined {
  if (type !== '') return shapes[`${name}:${type}`];
  return shapes[`${parent?.name ?? ''}:${parent?.type ?? ''}/${name}`] ?? shapes[`${parent?.name ?? ''}/${name}`] ?? shapes[name];
}

/** `Name+` in parts. */
export function readEntry(entry: string): { name: string; atLeast: number; atMost: number } {
  const sign = entry.at(-1) ?? '';
  const name = '?+*'.includes(sign) ? entry.slice(0, -1) : entry;
  return { name, atLeast: sign === '?' || sign === '*' ? 0 : 1, atMost: sign === '+' || sign === '*' ? Number.POSITIVE_INFINITY : 1 };
}
