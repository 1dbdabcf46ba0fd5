import { findAt, where, type Rule } from '../finding.ts';
import { originOf, type Manifest } from '../manifest.ts';
import type { Element } from '../xml.ts';
import { addressed } from './values.ts';

/** Where pages and pictures come from, and which hosts Outlook shall trust besides. */
export const addressRules: readonly Rule[] = [
  { name: 'address-https', from: '4', check: addressHttps },
  { name: 'address-trusted', from: '4', check: addressTrusted },
  { name: 'app-domain', from: '5', check: appDomain },
  { name: 'app-domain-own', from: '5', check: appDomainOwn },
  { name: 'app-domain-local', from: '5', check: appDomainLocal },
];

type Found = ReturnType<Rule['check']>;

function addressHttps(manifest: Manifest): Found {
  return addressed(manifest).flatMap(({ element, values }) => findAt(values.filter((value) => value !== ''), (value) => (originOf(value) !== '' ? undefined
    : { where: where(element), problem: `"${value}" is no absolute https address`, remedy: 'Write the whole address, beginning with https://.' })));
}

function appDomains({ all }: Manifest): Element[] {
  return all.filter((each) => each.name === 'AppDomain');
}

/** The support page opens in a browser, so any host will do. */
function addressTrusted(manifest: Manifest): Found {
  const trusted = new Set([manifest.origin, ...appDomains(manifest).map((each) => originOf(each.text))]);
  const ours = addressed(manifest).filter(({ element }) => element.name !== 'SupportUrl');
  return ours.flatMap(({ element, values }) => findAt(values, (value) => {
    const origin = originOf(value);
    if (origin === '' || trusted.has(origin)) return undefined;
    return { where: where(element), problem: `${origin} is neither the add-in's host nor one of AppDomains`, remedy: 'Take the file to the add-in\'s host, or add the host to AppDomains.' };
  }));
}

function appDomain(manifest: Manifest): Found {
  return findAt(appDomains(manifest), (element) => {
    if (element.text === '') return undefined;
    const isGood = /^https:\/\/[^/*?#@\s]+$/.test(element.text) && originOf(element.text) === element.text;
    return isGood ? undefined : {
      where: where(element), problem: `"${element.text}" is not scheme, host and port alone`, remedy: 'Write https://host or https://host:port: no path, no slash at the end, no wildcard, no port 443.',
    };
  });
}

function isLocal(origin: string): boolean {
  return origin !== '' && new URL(origin).hostname === 'localhost';
}

function appDomainOwn(manifest: Manifest): Found {
  if (isLocal(manifest.origin)) return [];
  return findAt(appDomains(manifest), (element) => (element.text !== manifest.origin ? undefined
    : { where: where(element), problem: 'the add-in\'s own host is trusted anyway', remedy: 'Take it out of AppDomains; it has no effect there and misleads.' }));
}

/** Sign-in falls back to a dialog (reference: R manifest/appdomain.md, item 4). */
function appDomainLocal(manifest: Manifest): Found {
  if (!isLocal(manifest.origin) || appDomains(manifest).some((each) => each.text === manifest.origin)) return [];
  return [{ where: where(manifest.root), problem: `AppDomains does not name ${manifest.origin}`, remedy: 'Add it: on localhost the web and new Outlook open no dialog without it.' }];
}
