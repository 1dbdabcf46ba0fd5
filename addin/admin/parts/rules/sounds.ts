import type { PhoneSystemSounds } from '../../../../contract/availability/admin.ts';

/** Sounds of one folder; `folder` is empty for those that lie in none. */
export interface SoundFolder {
  folder: string;
  sounds: readonly string[];
}

/** What the phone systems have, each once, by folder: a site's own lie in folders, the hundreds that came with the phone system mostly in none, so these come last. */
export function byFolder(systems: readonly PhoneSystemSounds[]): readonly SoundFolder[] {
  const all = [...new Set(systems.flatMap(({ sounds }) => sounds ?? []))];
  const folderOf = (sound: string): string => sound.slice(0, Math.max(0, sound.lastIndexOf('/')));
  const found = new Set(all.map(folderOf));
  const folders = [...[...found].filter((each) => each !== ''), ...(found.has('') ? [''] : [])];
  return folders.map((folder) => ({ folder, sounds: all.filter((each) => folderOf(each) === folder) }));
}

/** Phone systems that tell their sounds and do not have this one. */
export function without(systems: readonly PhoneSystemSounds[], sound: string): readonly string[] {
  return systems.flatMap(({ instance, sounds }) => (sounds === null || sounds.includes(sound) ? [] : [instance]));
}
