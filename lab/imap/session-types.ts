import type { LabClock } from '../clock.ts';
import type { ImapFaultBoard } from './faults.ts';
import type { Reader } from './reader.ts';
import type { Word } from './tokens.ts';
import type { Account, Folder, ImapManner } from './types.ts';

/** The server as a session sees it. */
export interface ImapWorld {
  readonly clock: LabClock;
  readonly manner: ImapManner;
  readonly faults: ImapFaultBoard;
  account(login: string): Account | undefined;
  /** The login that a token is good for; null for one that is good for none. */
  verifyToken(token: string, login: string): Promise<boolean>;
  /** The master user's password is right. */
  verifyMaster(user: string, password: string): boolean;
  /** Sessions of a login. */
  countOf(login: string): number;
  note(login: string | null, command: string): void;
}

/** A folder that is open, as this client has been told of it. */
export interface Selected { folder: Folder; isReadOnly: boolean; /** By sequence number, rising. */ uids: number[] }

/** One connection. */
export interface Session {
  readonly world: ImapWorld;
  readonly reader: Reader;
  readonly enabled: Set<'CONDSTORE' | 'QRESYNC'>;
  account: Account | null;
  selected: Selected | null;
  /** Sends the line with its end. */
  say(line: string): void;
  sayBytes(bytes: Buffer): void;
  open(folder: Folder, isReadOnly: boolean): void;
  close(): void;
  login(account: Account): void;
  /** Tells what has happened in the open folder. `isSilent`: changes of marks are left out, because this client made them and asked not to hear of them. */
  flush(options?: { isSilent?: boolean }): void;
  /** From now on changes are told as they happen; the result ends that. */
  listen(): () => void;
  /** Ends the connection after a last word. */
  bye(text: string): void;
}

/** What a command answers: the text of its tagged line. */
export interface Outcome { status: 'OK' | 'NO' | 'BAD'; text: string; /** Nothing untagged may be sent before it. */ keepsNumbers?: boolean }

export type Handler = (session: Session, words: Word[], tag: string) => Outcome | Promise<Outcome>;

export const ok = (text = 'done.'): Outcome => ({ status: 'OK', text });
export const no = (text: string): Outcome => ({ status: 'NO', text });
export const bad = (text: string): Outcome => ({ status: 'BAD', text });
