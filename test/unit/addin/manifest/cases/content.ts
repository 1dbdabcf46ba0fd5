import { after, installed, own, piece, swap, type Breach } from './breach.ts';
import { makePng } from './png.ts';

const joinLabel = piece(/<bt:String id="Join\.Label".*<\/bt:String>/);
const domain = '<AppDomain>https://api.example.com</AppDomain>';

const references: Breach[] = [
  { rule: 'resource-named', what: 'a capital less', xml: swap(own, '<Label resid="Join.Label"/>', '<Label resid="Join.label"/>') },
  { rule: 'resource-class', what: 'a title that is a hint', xml: swap(own, '<Title resid="Join.Label"/>', '<Title resid="Join.Tip"/>') },
  { rule: 'resource-class', what: 'a hint that is a title', xml: swap(own, '<Description resid="People.Tip"/>', '<Description resid="People.Label"/>') },
  { rule: 'resource-class', what: 'a page that is a picture', xml: swap(own, '<FunctionFile resid="Commands.Url"/>', '<FunctionFile resid="tieline.16"/>') },
  { rule: 'resource-once', what: 'a text twice', xml: after(own, joinLabel, joinLabel) },
  { rule: 'resource-once', what: 'an address with the id of a text', xml: after(own, '<bt:Urls>', '<bt:Url id="Join.Tip" DefaultValue="https://localhost:3000/addin/taskpane.html"/>') },
  { rule: 'resource-used', what: 'an address that nobody names', xml: after(own, '<bt:Urls>', '<bt:Url id="Spare.Url" DefaultValue="https://localhost:3000/addin/taskpane.html"/>') },
  { rule: 'control-once', what: 'one id on the desktop and on phones', xml: swap(own, 'id="tieline.mobile.voicemail"', 'id="tieline.read.voicemail"') },
  { rule: 'control-once', what: 'an item named as its group', xml: swap(own, 'id="tieline.organizer.add"', 'id="tieline.organizer"') },
];

const addresses: Breach[] = [
  { rule: 'address-https', what: 'a pane over http', xml: swap(own, '"https://localhost:3000/addin/taskpane.html?show=people"', '"http://localhost:3000/addin/taskpane.html?show=people"') },
  { rule: 'address-https', what: 'a relative address', xml: swap(own, '"https://localhost:3000/addin/icons/new-16.png"', '"/addin/icons/new-16.png"') },
  { rule: 'address-https', what: 'help over http', xml: swap(own, '"https://localhost:3000/help"', '"http://localhost:3000/help"') },
  { rule: 'address-trusted', what: 'a pane from elsewhere', xml: swap(own, '"https://localhost:3000/addin/taskpane.html?show=people"', '"https://elsewhere.example/addin/taskpane.html"') },
  { rule: 'address-trusted', what: 'a pane from another port', xml: swap(own, '"https://localhost:3000/addin/taskpane.html?show=people"', '"https://localhost:3001/addin/taskpane.html?show=people"') },
  { rule: 'app-domain', what: 'a slash at the end', xml: swap(installed, domain, '<AppDomain>https://api.example.com/</AppDomain>') },
  { rule: 'app-domain', what: 'a path', xml: swap(installed, domain, '<AppDomain>https://api.example.com/v1</AppDomain>') },
  { rule: 'app-domain', what: 'a wildcard', xml: swap(installed, domain, '<AppDomain>https://*.example.com</AppDomain>') },
  { rule: 'app-domain', what: 'the port that https has anyway', xml: swap(installed, domain, '<AppDomain>https://api.example.com:443</AppDomain>') },
  { rule: 'app-domain', what: 'a query', xml: swap(installed, domain, '<AppDomain>https://api.example.com?v=1</AppDomain>') },
  { rule: 'app-domain', what: 'http', xml: swap(installed, domain, '<AppDomain>http://api.example.com</AppDomain>') },
  { rule: 'app-domain', what: 'no scheme', xml: swap(installed, domain, '<AppDomain>api.example.com</AppDomain>') },
  { rule: 'app-domain-own', what: 'the add-in\'s own host', xml: after(installed, domain, '<AppDomain>https://tieline.example.com</AppDomain>') },
  { rule: 'app-domain-local', what: 'localhost without its dialog', xml: swap(own, /<AppDomains>[^]*?<\/AppDomains>/, '') },
];

const newImages = '<bt:Image size="16" resid="new.16"/><bt:Image size="32" resid="new.32"/><bt:Image size="80" resid="new.80"/>';
const lastImage = '<bt:Image size="48" scale="3" resid="mobile.48"/>';

const icons: Breach[] = [
  { rule: 'button-icon-sizes', what: 'no 16', xml: swap(own, '<Icon><bt:Image size="16" resid="camera.16"/>', '<Icon>') },
  { rule: 'button-icon-sizes', what: 'one size twice', xml: after(own, newImages, '<bt:Image size="80" resid="new.80"/>') },
  { rule: 'button-icon-sizes', what: 'a size that Outlook does not know', xml: after(own, newImages, '<bt:Image size="128" resid="big.128"/>')
    .replace('<bt:Images>', '<bt:Images><bt:Image id="big.128" DefaultValue="https://localhost:3000/addin/icons/tieline-128.png"/>') },
  { rule: 'mobile-icon-sizes', what: 'eight images', xml: swap(own, lastImage, '') },
  { rule: 'mobile-icon-sizes', what: 'one scale twice', xml: swap(own, lastImage, '<bt:Image size="48" scale="2" resid="mobile.48"/>') },
  { rule: 'mobile-icon-sizes', what: 'an icon for the desktop', xml: swap(own, '<Icon xsi:type="bt:MobileIconList">', '<Icon>') },
  { rule: 'icon-format', what: 'ICO', xml: swap(own, 'tieline-64.png', 'tieline-64.ico') },
  { rule: 'icon-format', what: 'SVG', xml: swap(own, 'new-16.png', 'new.svg') },
  { rule: 'icon-file', what: 'a picture that is not there', xml: swap(own, 'new-16.png', 'newer-16.png') },
  { rule: 'icon-file', what: 'a picture of another size', xml: swap(own, 'new-16.png', 'new-32.png') },
  { rule: 'icon-file', what: 'a picture for phones that is too small', xml: swap(own, 'mobile-voicemail-48.png', 'mobile-voicemail-32.png') },
  { rule: 'icon-file', what: 'half a picture', xml: own, facts: (facts) => ({ ...facts, icons: new Map([...facts.icons].map(([path, file]) => [path, path.endsWith('new-80.png') ? file.subarray(0, 200) : file])) }) },
  { rule: 'mobile-icon-grey', what: 'an icon in colour', xml: own, facts: (facts) => ({ ...facts, icons: new Map([...facts.icons, ['/addin/icons/mobile-conference-25.png', makePng(25, [0, 120, 212, 255])]]) }) },
];

const identity: Breach[] = [
  { rule: 'app-id', what: 'a name instead of the id', xml: own.replaceAll('3c5d7e9f-1a2b-4c3d-9e4f-5a6b7c8d9e0f', 'tieline') },
  { rule: 'app-resource', what: 'another host', xml: swap(own, '<Resource>api://localhost:3000/', '<Resource>api://tieline.example.com/') },
  { rule: 'app-resource', what: 'another port', xml: swap(own, '<Resource>api://localhost:3000/', '<Resource>api://localhost/') },
  { rule: 'app-resource', what: 'another id', xml: swap(own, '<Id>3c5d7e9f-', '<Id>3c5d7e90-') },
  { rule: 'app-scopes', what: 'our own scope is missing', xml: swap(own, '<Scope>access_as_user</Scope>', '') },
  { rule: 'app-scopes', what: 'more than needed', xml: after(own, '<Scope>access_as_user</Scope>', '<Scope>Mail.Read</Scope>') },
];

const locales: Breach[] = [
  { rule: 'locale-coverage', what: 'a label that is not translated', xml: swap(own, '<bt:Override Locale="de-DE" Value="Teilnehmen"/>', '') },
  { rule: 'locale-coverage', what: 'a name in one more language', xml: after(own, '<DisplayName DefaultValue="Tieline">', '<Override Locale="fr-FR" Value="Tieline"/>') },
  { rule: 'locale-coverage', what: 'a picture for a language without texts', xml: swap(own, 'new-16.png"/>', 'new-16.png"><bt:Override Locale="fr-FR" Value="https://localhost:3000/addin/icons/new-16.png"/></bt:Image>') },
  { rule: 'locale-once', what: 'two German labels', xml: after(own, '<bt:Override Locale="de-DE" Value="Teilnehmen"/>', '<bt:Override Locale="de-de" Value="Beitreten"/>') },
];

/** What no schema finds in names, addresses, pictures and texts. */
export const contentBreaches: readonly Breach[] = [...references, ...addresses, ...icons, ...identity, ...locales];
