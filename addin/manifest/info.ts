import { readFile } from 'node:fs/promises';
import { OfficeAddinManifest } from 'office-addin-manifest';
import { readManifest } from './manifest.ts';
import { Refusal } from './refusal.ts';
import { attribute, child } from './xml.ts';

/** One fact of a manifest as Microsoft's reader and ours see it. */
export interface Line {
  name: string;
  theirs: string;
  ours: string;
}

/**
 * Reads a manifest with Microsoft's own office-addin-manifest and with our reader. The rules stand on ours, so the two must agree.
 * Throws Refusal when the file is no manifest.
 */
export async function readInfo(path: string): Promise<Line[]> {
  const manifest = readManifest(await readFile(path, 'utf8'));
  if ('problem' in manifest) throw new Refusal('file', `line ${manifest.line}: is no XML: ${manifest.problem}`, 'Correct it; --check says more.');
  const { root } = manifest;
  const theirs = await OfficeAddinManifest.readManifestFile(path);
  const text = (name: string): string => child(root, name)?.text ?? '';
  const value = (name: string): string => attribute(child(root, name) ?? root, 'DefaultValue');
  const list = (name: string): string => (child(root, name)?.children ?? []).map((each) => each.text || attribute(each, 'Name')).join(', ');
  return [
    { name: 'id', theirs: theirs.id ?? '', ours: text('Id') },
    { name: 'version', theirs: theirs.version ?? '', ours: text('Version') },
    { name: 'display name', theirs: theirs.displayName ?? '', ours: value('DisplayName') },
    { name: 'provider', theirs: theirs.providerName ?? '', ours: text('ProviderName') },
    { name: 'language', theirs: theirs.defaultLocale ?? '', ours: text('DefaultLocale') },
    { name: 'permission', theirs: theirs.permissions ?? '', ours: text('Permissions') },
    { name: 'kind', theirs: theirs.officeAppType ?? '', ours: root.type },
    { name: 'hosts', theirs: theirs.hosts?.join(', ') ?? '', ours: list('Hosts') },
    { name: 'trusted hosts', theirs: theirs.appDomains?.join(', ') ?? '', ours: list('AppDomains') },
    { name: 'icon', theirs: theirs.iconUrl ?? '', ours: value('IconUrl') },
    { name: 'help', theirs: theirs.supportUrl ?? '', ours: value('SupportUrl') },
  ];
}
