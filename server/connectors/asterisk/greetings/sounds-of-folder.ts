import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { TheirError } from '../../../domain/errors.ts';
import { listed, soundName } from './sound-name.ts';

/** Endings of the formats that Asterisk brings. */
const sounds = /^(.+)\.(?:wav|wav16|wav49|gsm|g722|g729|g723|g719|siren7|siren14|ulaw|alaw|al|ul|pcm|sln\d{0,3}|slin\d{0,3}|raw|ogg|opus|mp3|ilbc|vox)$/i;
/** Folders below each other, and names of all of them together: a folder that is none of sounds must not be read to its end. */
const deepest = 5;
const most = 20_000;

/** The same names from the PBX's folder of sounds, mounted here; those that lie in it directly besides. Throws TheirError when it cannot be read. */
export async function soundsOfFolder(instance: string, folder: string, own: string): Promise<readonly string[]> {
  const found: (string | null)[] = [];
  let seen = 0;
  async function walk(below: readonly string[]): Promise<void> {
    for (const entry of await readdir(join(folder, ...below), { withFileTypes: true })) {
      seen += 1;
      if (seen > most) throw new TheirError(instance, 'refused', `more than ${most} names lie in the folder of sounds`, { remedy: `See that ${folder} (connectors[].greetings.soundsFolder) is the folder "sounds" of Asterisk and no other.` });
      if (entry.isDirectory() && below.length < deepest) await walk([...below, entry.name]);
      const name = entry.isFile() || entry.isSymbolicLink() ? sounds.exec(entry.name)?.[1] : undefined;
      if (name === undefined) continue;
      const [first, ...rest] = below;
      found.push(first === undefined ? soundName('en', name) : soundName(first, [...rest, name].join('/')));
    }
  }
  try {
    await walk([]);
  } catch (error) {
    if (error instanceof TheirError) throw error;
    throw new TheirError(instance, 'unavailable', 'the folder of sounds cannot be read', { cause: error, remedy: `Let Tieline read ${folder} (connectors[].greetings.soundsFolder).` });
  }
  return listed(found, own);
}
