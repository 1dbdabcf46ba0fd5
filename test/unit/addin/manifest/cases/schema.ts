import { after, installed, own, piece, swap, type Breach } from './breach.ts';

const guid = '0b8e2c4a-6d1f-4e3b-9a57-c2d4e6f80a1b';
const help = '<SupportUrl DefaultValue="https://localhost:3000/help"/>';
const form = piece(/<Form xsi:type="ItemRead">[^]*?<\/Form>/);
const runtimes = piece(/<Runtimes>[^]*?<\/Runtimes>/);
const appInfo = piece(/<WebApplicationInfo>[^]*?<\/WebApplicationInfo>/);
const supertip = '<Supertip><Title resid="Join.Label"/><Description resid="Join.Tip"/></Supertip>';
const eventSource = '<SourceLocation resid="Events.Url"/>';

const structure: Breach[] = [
  { rule: 'well-formed', what: 'the end is missing', xml: own.slice(0, -20) },
  { rule: 'well-formed', what: 'a document type', xml: swap(own, '<OfficeApp ', '<!DOCTYPE OfficeApp [<!ENTITY a "b">]>\n<OfficeApp ') },
  { rule: 'well-formed', what: 'a bare &', xml: swap(own, 'show=meeting&amp;ask=join', 'show=meeting&ask=join') },
  { rule: 'element-known', what: 'something else altogether', xml: '<html><head/><body/></html>' },
  { rule: 'element-known', what: 'an add-in for documents', xml: swap(own, 'xsi:type="MailApp"', 'xsi:type="TaskPaneApp"') },
  { rule: 'element-known', what: 'an element that is not for Outlook', xml: after(own, '<SourceLocation resid="Voicemail.Url"/>', '<TaskpaneId>Tieline</TaskpaneId>') },
  { rule: 'element-known', what: 'a button for phones with a hint', xml: after(own, '<Label resid="MobileVoicemail.Label"/>', supertip) },
  { rule: 'element-known', what: 'a control of unknown type', xml: swap(own, '<Control xsi:type="Button" id="tieline.read.people">', '<Control xsi:type="Gallery" id="tieline.read.people">') },
  { rule: 'element-order', what: 'the version behind the provider', xml: swap(swap(own, '  <Version>1.0.0.0</Version>\n', ''), '</ProviderName>', '</ProviderName><Version>1.0.0.0</Version>') },
  { rule: 'element-order', what: 'the runtimes behind the desktop', xml: after(swap(own, runtimes, ''), '</DesktopFormFactor>', runtimes) },
  { rule: 'element-order', what: 'sign-in before the resources', xml: swap(swap(own, appInfo, ''), '<Resources>', `${appInfo}<Resources>`) },
  { rule: 'element-order', what: 'pinning before the page', xml: swap(own, '<SourceLocation resid="People.Url"/><SupportsPinning>true</SupportsPinning>', '<SupportsPinning>true</SupportsPinning><SourceLocation resid="People.Url"/>') },
  { rule: 'element-missing', what: 'no FormSettings', xml: swap(own, /<FormSettings>[^]*?<\/FormSettings>/, '') },
  { rule: 'element-missing', what: 'FormSettings without a form', xml: swap(own, /<FormSettings>[^]*?<\/FormSettings>/, '<FormSettings></FormSettings>') },
  { rule: 'element-missing', what: 'a form for reading without its height', xml: swap(own, '<RequestedHeight>250</RequestedHeight>', '') },
  { rule: 'element-missing', what: 'no Rule', xml: swap(own, /<Rule .*<\/Rule>/, '') },
  { rule: 'element-missing', what: 'a button without a hint', xml: swap(own, '<Supertip><Title resid="People.Label"/><Description resid="People.Tip"/></Supertip>', '') },
  { rule: 'element-missing', what: 'an item of a menu without a hint', xml: swap(own, '<Supertip><Title resid="StateBusy.Label"/><Description resid="StateBusy.Tip"/></Supertip>', '') },
  { rule: 'element-missing', what: 'events without a page', xml: swap(own, eventSource, '') },
  { rule: 'element-missing', what: 'AppDomains without one', xml: swap(installed, '<AppDomain>https://api.example.com</AppDomain>', '') },
  { rule: 'element-missing', what: 'overrides 1.0 without 1.1', xml: swap(own, /<VersionOverrides xmlns="[^"]*1\.1"[^]*?<\/VersionOverrides>/, '') },
  { rule: 'element-repeated', what: 'two permissions', xml: after(own, '<Permissions>ReadWriteItem</Permissions>', '<Permissions>ReadItem</Permissions>') },
  { rule: 'element-repeated', what: 'events with two pages', xml: after(own, eventSource, eventSource) },
  { rule: 'attribute-missing', what: 'a group without id', xml: swap(own, '<Group id="tieline.read">', '<Group>') },
  { rule: 'attribute-missing', what: 'an event without its function', xml: swap(own, ' FunctionName="onAppointmentTimeChanged"', '') },
  { rule: 'attribute-known', what: 'a label as an attribute', xml: swap(own, '<Group id="tieline.read">', '<Group id="tieline.read" label="Tieline">') },
  { rule: 'namespace', what: 'the schema of 2012', xml: swap(own, 'appforoffice/1.1', 'appforoffice/1.0') },
  { rule: 'namespace', what: 'overrides 1.1 in the space of 1.0', xml: swap(own, 'mailappversionoverrides/1.1', 'mailappversionoverrides') },
  { rule: 'namespace', what: 'resources without their prefix', xml: own.replaceAll(/<(\/?)bt:LongStrings>/g, '<$1LongStrings>') },
];

const values: Breach[] = [
  { rule: 'id-guid', what: 'braces', xml: swap(own, `<Id>${guid}</Id>`, `<Id>{${guid}}</Id>`) },
  { rule: 'id-guid', what: 'a digit short', xml: swap(own, `<Id>${guid}</Id>`, `<Id>${guid.slice(1)}</Id>`) },
  { rule: 'version', what: 'five parts', xml: swap(own, '<Version>1.0.0.0<', '<Version>1.0.0.0.0<') },
  { rule: 'version', what: 'a word', xml: swap(own, '<Version>1.0.0.0<', '<Version>1.0.0-beta<') },
  { rule: 'version', what: 'six digits', xml: swap(own, '<Version>1.0.0.0<', '<Version>202611.0.0.0<') },
  { rule: 'locale-name', what: 'the default language', xml: swap(own, '>en-US<', '>en_US<') },
  { rule: 'locale-name', what: 'the other language', xml: own.replaceAll('Locale="de-DE"', 'Locale="german"') },
  { rule: 'permission', what: 'one that does not exist', xml: swap(own, '>ReadWriteItem<', '>ReadWriteAll<') },
  { rule: 'send-mode', what: 'one that does not exist', xml: swap(own, 'SendMode="PromptUser"', 'SendMode="Prompt"') },
  { rule: 'form-height', what: 'too low', xml: swap(own, '<RequestedHeight>250<', '<RequestedHeight>31<') },
  { rule: 'form-height', what: 'too high', xml: swap(own, '<RequestedHeight>250<', '<RequestedHeight>451<') },
  { rule: 'form-count', what: 'two forms for reading', xml: after(own, form, form) },
  { rule: 'yes-or-no', what: 'yes', xml: swap(own, '<SupportsPinning>true<', '<SupportsPinning>yes<') },
  { rule: 'yes-or-no', what: 'nothing', xml: swap(own, '<SupportsSharedFolders>true<', '<SupportsSharedFolders><') },
];

const longName = 'f'.repeat(251);

const lengths: Breach[] = [
  { rule: 'short-text', what: 'a name of 126 characters', xml: swap(own, '<DisplayName DefaultValue="Tieline">', `<DisplayName DefaultValue="${'n'.repeat(126)}">`) },
  { rule: 'short-text', what: 'no provider', xml: swap(own, '<ProviderName>Tieline<', '<ProviderName><') },
  { rule: 'short-text', what: 'an empty label in one language', xml: swap(own, '<bt:Override Locale="de-DE" Value="Teilnehmen"/>', '<bt:Override Locale="de-DE" Value=""/>') },
  { rule: 'long-text', what: 'a description of 251 characters', xml: swap(own, /<Description DefaultValue="[^"]*"/, `<Description DefaultValue="${'d'.repeat(251)}"`) },
  { rule: 'long-text', what: 'a function whose name has 251 characters', xml: swap(own, '<FunctionName>insertConference<', `<FunctionName>${longName}<`), facts: (facts) => ({ ...facts, functions: { ...facts.functions, commands: [...facts.functions.commands, longName] } }) },
  { rule: 'long-text', what: 'a trusted host of more than 250 characters', xml: swap(installed, '<AppDomain>https://api.example.com</AppDomain>', `<AppDomain>https://api.example.com</AppDomain><AppDomain>https://${'a.'.repeat(125)}example.com</AppDomain>`) },
  { rule: 'long-text', what: 'a hint of 251 characters in one language', xml: swap(own, 'Value="Der Kalender entscheidet."', `Value="${'h'.repeat(251)}"`) },
  { rule: 'id-length', what: 'an id of 126 characters', xml: swap(own, 'id="tieline.read.new"', `id="${'i'.repeat(126)}"`) },
  { rule: 'resource-id-length', what: 'an id of 33 characters', xml: own.replaceAll('"Commands.Url"', `"${'u'.repeat(33)}"`) },
  { rule: 'address-length', what: 'an address of more than 2048 characters', xml: swap(own, '&amp;ask=join"', `&amp;ask=join&amp;x=${'x'.repeat(2048)}"`) },
  { rule: 'address-length', what: 'no address', xml: swap(own, help, '<SupportUrl DefaultValue=""/>') },
];

/** What Microsoft's schema would find. */
export const schemaBreaches: readonly Breach[] = [...structure, ...values, ...lengths];
