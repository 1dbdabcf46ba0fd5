import type { Files } from './files.ts';

/** One folder of a box on disk: numbered messages, each a .txt and one file of audio per format. Numbers are all the order there is. */
export interface Folder {
  readonly path: string;
  /** How many .txt files there are, whatever they are called. */
  count(): number;
  /** The last number, -1 for none; a message numbered below 0 confuses it (9998, as in app_voicemail.c). */
  lastNumber(): number;
  text(number: number): string | undefined;
  setText(number: number, text: string): void;
  /** Asterisk asks for the audio when it wants to know whether there is a message. */
  hasAudio(number: number): boolean;
  audio(number: number): { extension: string; content: Buffer } | undefined;
  put(number: number, text: string, extension: string, audio: Buffer): void;
  move(from: number, to: number): void;
  copyTo(number: number, other: Folder, to: number): void;
  remove(number: number): void;
  /** Closes gaps: the first thing that happens whenever somebody looks into the folder. */
  resequence(): void;
  /** Numbers with a .txt, from 0 up to the count, as every list goes through them. */
  visible(): number[];
}

/** MAXMSGLIMIT of app_voicemail.c. */
const mostMessages = 9999;

/** `msg0007`; -1 becomes `msg-001`, which nothing finds again. */
export function messageName(number: number): string {
  return number < 0 ? `msg-${String(-number).padStart(3, '0')}` : `msg${String(number).padStart(4, '0')}`;
}

export function openFolder(files: Files, path: string): Folder {
  function names(number: number): string[] {
    const start = `${messageName(number)}.`;
    return files.list(path).filter((each) => each.startsWith(start));
  }

  function texts(): string[] {
    return files.list(path).filter((each) => /^.{7}\.txt$/.test(each));
  }

  function text(number: number): string | undefined {
    return files.read(`${path}/${messageName(number)}.txt`)?.toString('utf8');
  }

  function audioName(number: number): string | undefined {
    return names(number).find((each) => !each.endsWith('.txt'));
  }

  function remove(number: number): void {
    for (const name of names(number)) files.remove(`${path}/${name}`);
  }

  function move(from: number, to: number): void {
    if (from === to) return;
    remove(to);
    for (const name of names(from)) files.rename(`${path}/${name}`, `${path}/${messageName(to)}${name.slice(messageName(from).length)}`);
  }

  function lastNumber(): number {
    const numbers = texts().map((each) => Number.parseInt(each.slice(3), 10)).filter((each) => !Number.isNaN(each));
    if (numbers.some((each) => each < 0)) return mostMessages - 1;
    return Math.max(-1, ...numbers);
  }

  return {
    path, text, remove, move, lastNumber,
    count: () => texts().length,
    setText: (number, content) => files.write(`${path}/${messageName(number)}.txt`, Buffer.from(content, 'utf8')),
    hasAudio: (number) => audioName(number) !== undefined,
    audio(number) {
      const name = audioName(number);
      const content = name === undefined ? undefined : files.read(`${path}/${name}`);
      return name === undefined || content === undefined ? undefined : { extension: name.slice(name.indexOf('.') + 1), content };
    },
    put(number, content, extension, audio) {
      files.write(`${path}/${messageName(number)}.${extension}`, audio);
      files.write(`${path}/${messageName(number)}.txt`, Buffer.from(content, 'utf8'));
    },
    copyTo(number, other, to) {
      for (const name of names(number)) {
        const content = files.read(`${path}/${name}`);
        if (content) files.write(`${other.path}/${messageName(to)}${name.slice(messageName(number).length)}`, content);
      }
    },
    resequence() {
      const wanted = texts().length;
      if (lastNumber() === wanted - 1) return;
      let next = 0;
      for (let number = 0; next < wanted && number < mostMessages; number += 1) {
        if (audioName(number) === undefined) continue;
        move(number, next);
        next += 1;
      }
    },
    visible: () => Array.from({ length: texts().length }, (_, number) => number).filter((number) => text(number) !== undefined),
  };
}
