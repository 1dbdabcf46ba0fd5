import { readManifest } from '../manifest/read-manifest.ts';
import type { Manifest } from '../manifest/types.ts';

/** Outlook without an add-in. */
const noAddin: Manifest = {
  id: '', version: '', displayName: '', defaultLocale: 'en-US', permission: 'Restricted', appDomains: [], iconAddress: '', functionFile: null, supportsSharedFolders: false,
  surfaces: {}, launchEvents: [], runtimePage: null, images: {},
};

/** Reads the manifest at `address`. A manifest that cannot be had or read is told as `problem`; Outlook works on without the add-in. */
export async function loadManifest(address: string, language: string): Promise<{ manifest: Manifest; problem: string | null }> {
  try {
    const response = await fetch(address);
    if (!response.ok) return { manifest: noAddin, problem: `${address} answered ${response.status}.` };
    return { manifest: readManifest(await response.text(), language), problem: null };
  } catch (error) {
    return { manifest: noAddin, problem: error instanceof Error ? error.message : String(error) };
  }
}
