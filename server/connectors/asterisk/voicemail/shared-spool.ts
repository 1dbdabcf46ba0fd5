import { open, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TheirError } from '../../../domain/errors.ts';
import { largestSound, type VoicemailAudio } from '../../../domain/voicemail.ts';
import { messageFile } from './ari-audio.ts';
import { type AudioSource, contentTypeOf } from './audio.ts';
import { addressOf } from './lists.ts';

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

/** The PBX's voicemail folder mounted here, read only: nothing is ever written or locked. Throws TheirError 'unavailable' when the mount is gone. */
export function createSharedSpool(instance: string, root: string): AudioSource {
  function trouble(cause: unknown): TheirError {
    return new TheirError(instance, 'unavailable', 'the shared voicemail spool cannot be read', { remedy: 'See that voicemail.sharedSpool is mounted and that this program may read it.', cause });
  }

  function folderOf(box: string, folder: string): string {
    const { Mailbox, Context } = addressOf(instance, box);
    if ([Mailbox, Context, folder].some((part) => part.startsWith('.'))) throw new TheirError(instance, 'gone', 'there is no such box');
    return join(root, Context, Mailbox, folder);
  }

  async function unlessMissing<T>(act: () => Promise<T>): Promise<T | null> {
    try {
      return await act();
    } catch (error) {
      if (isMissing(error)) return null;
      throw trouble(error);
    }
  }

  async function read(path: string): Promise<Uint8Array> {
    const file = await open(path, 'r');
    try {
      const { size } = await file.stat();
      if (size > largestSound) throw new TheirError(instance, 'refused', `a recording has ${size} bytes`);
      return await file.readFile();
    } finally {
      await file.close();
    }
  }

  return {
    async idAt(box, folder, number) {
      const text = await unlessMissing(() => readFile(join(folderOf(box, folder), `${messageFile(number)}.txt`), 'utf8'));
      return /^msg_id\s*=\s*(\S+)/m.exec(text ?? '')?.[1] ?? '';
    },
    async soundAt(box, folder, number): Promise<VoicemailAudio | null> {
      const where = folderOf(box, folder);
      const names = (await unlessMissing(() => readdir(where))) ?? [];
      const name = names.find((each) => each.startsWith(`${messageFile(number)}.`) && !each.endsWith('.txt'));
      if (name === undefined) return null;
      const bytes = await unlessMissing(() => read(join(where, name)));
      return bytes && { contentType: contentTypeOf(name.slice(name.indexOf('.') + 1)), bytes };
    },
  };
}
