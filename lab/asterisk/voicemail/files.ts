import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The part of a disk that voicemail uses. Paths are relative to the spool, `default/201/INBOX/msg0000.txt`. What is not there is empty or undefined. */
export interface Files {
  /** Names in a folder, sorted. */
  list(folder: string): string[];
  read(path: string): Buffer | undefined;
  write(path: string, content: Buffer): void;
  /** Replaces what has that name. */
  rename(from: string, to: string): void;
  remove(path: string): void;
}

/** A disk in memory: quick, for thousands of boxes. */
export function memoryFiles(): Files {
  const folders = new Map<string, Map<string, Buffer>>();

  function cut(path: string): [folder: string, name: string] {
    const slash = path.lastIndexOf('/');
    return [path.slice(0, slash), path.slice(slash + 1)];
  }

  function read(path: string): Buffer | undefined {
    const [folder, name] = cut(path);
    return folders.get(folder)?.get(name);
  }

  function write(path: string, content: Buffer): void {
    const [folder, name] = cut(path);
    const files = folders.get(folder) ?? new Map<string, Buffer>();
    files.set(name, content);
    folders.set(folder, files);
  }

  function remove(path: string): void {
    const [folder, name] = cut(path);
    folders.get(folder)?.delete(name);
  }

  return {
    read, write, remove,
    list: (folder) => [...(folders.get(folder)?.keys() ?? [])].toSorted(),
    rename(from, to) {
      const content = read(from);
      if (content === undefined || from === to) return;
      remove(from);
      write(to, content);
    },
  };
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}

/** A real folder, for whoever shares the spool with the PBX. */
export function folderFiles(root: string): Files {
  function unlessMissing<T>(act: () => T): T | undefined {
    try {
      return act();
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }
  return {
    list: (folder) => unlessMissing(() => readdirSync(join(root, folder)).toSorted()) ?? [],
    read: (path) => unlessMissing(() => readFileSync(join(root, path))),
    write(path, content) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), content);
    },
    rename: (from, to) => unlessMissing(() => renameSync(join(root, from), join(root, to))),
    remove: (path) => rmSync(join(root, path), { force: true }),
  };
}
