import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fillManifest } from '../../../../../addin/manifest/fill.ts';
import type { Facts } from '../../../../../addin/manifest/finding.ts';
import { ownManifest } from '../../../../../addin/manifest/facts.ts';

/** A manifest that breaks one rule, and no other. */
export interface Breach {
  rule: string;
  what: string;
  xml: string;
  facts?: (facts: Facts) => Facts;
}

/** manifest.xml of this project. */
export const own = readFileSync(ownManifest, 'utf8');

/** The same for an installation whose files are served apart from its server. */
export const installed = fillManifest(own, { host: 'https://tieline.example.com', server: 'https://api.example.com' });

/** Replaces the first place; fails when manifest.xml has no such text any more, because then the case would prove nothing. */
export function swap(xml: string, from: string | RegExp, to: string): string {
  assert.ok(typeof from === 'string' ? xml.includes(from) : from.test(xml), `the manifest has no ${String(from)}`);
  return xml.replace(from, () => to);
}

/** Puts something behind the first place. */
export function after(xml: string, place: string, more: string): string {
  return swap(xml, place, `${place}${more}`);
}

/** The first piece of the manifest that matches. */
export function piece(pattern: RegExp): string {
  const found = pattern.exec(own)?.[0];
  assert.ok(found !== undefined, `the manifest has no ${String(pattern)}`);
  return found;
}
