/**
 * A stand-in of an IMAP server (RFC 9051's elder, RFC 3501, with the extensions that it is told to have) over mailboxes in memory, on loopback. It shows what
 * is rude in real ones: the same message told twice after QRESYNC, a client that idles told half a second late, a session ended when its token is.
 */
import { createServer as createPlainServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { LabClock } from '../clock.ts';
import { createAccount } from './account.ts';
import { createImapFaults } from './faults.ts';
import type { ImapFaults } from './faults.ts';
import { startSession } from './session.ts';
import type { ImapWorld, Session } from './session-types.ts';
import type { Account, ImapManner } from './types.ts';

export type { Account, Content, Entry, Folder, FolderEvent, ImapManner } from './types.ts';
export type { ImapFaults } from './faults.ts';
export { headerValue } from './headers.ts';

export interface ImapOptions {
  clock: LabClock;
  logins: readonly string[];
  /** Is this token good for this login? */
  verifyToken: (token: string, login: string) => Promise<boolean> | boolean;
  /** Who may enter everybody's mailbox by password; nobody when it is missing. */
  master?: { user: string; password: string };
  manner?: Partial<ImapManner>;
  /** Certificate and key, PEM: then only TLS is spoken. */
  tls?: { cert: string; key: string };
}

export interface ImapStandIn {
  readonly port: number;
  readonly faults: ImapFaults;
  readonly manner: Readonly<ImapManner>;
  /** Throws for a login that it has not. */
  account(login: string): Account;
  /** Commands so far, oldest first: of whom, and which. */
  readonly commands: readonly { login: string | null; command: string }[];
  /** Bytes over all connections so far, both ways. */
  bytes(): number;
  connections(login?: string): number;
  /** Ends the sessions of a login as a server does when the token has run out. */
  expireSessions(login: string): void;
  /** Cuts all connections, or those of a login, without a word. */
  cut(login?: string): void;
  close(): Promise<void>;
}

const usual: ImapManner = {
  condstore: true, qresync: true, idle: true, move: true, uidPlus: true, specialUse: true, gmail: false, mechanisms: ['XOAUTH2', 'OAUTHBEARER'], mostConnections: 100, notifyMs: 500,
};

/** What is known of Gmail's server (developers.google.com/gmail/imap): no QRESYNC, 15 connections. */
const gmail: Partial<ImapManner> = { qresync: false, mostConnections: 15 };

export async function createImap({ clock, logins, verifyToken, master, manner: wanted = {}, tls }: ImapOptions): Promise<ImapStandIn> {
  const manner: ImapManner = { ...usual, ...(wanted.gmail ? gmail : {}), ...wanted };
  const accounts = new Map<string, Account>();
  const sessions = new Map<Socket, Session>();
  const commands: { login: string | null; command: string }[] = [];
  let ids = 1_278_455_344_230_334_865n;
  let past = 0;

  function sever(login?: string): void {
    for (const [socket, session] of sessions) if (login === undefined || session.account?.login === login) socket.destroy();
  }

  const faults = createImapFaults(() => sever());
  for (const login of logins) accounts.set(login.toLowerCase(), createAccount({ login, isGmail: manner.gmail, now: () => clock.now(), nextId: () => ++ids }));

  const countOf = (login: string): number => [...sessions.values()].filter(({ account }) => account?.login.toLowerCase() === login.toLowerCase()).length;
  const world: ImapWorld = {
    clock, manner, faults, countOf,
    account: (login) => accounts.get(login.toLowerCase()),
    verifyToken: async (token, login) => verifyToken(token, login),
    verifyMaster: (user, password) => master !== undefined && user === master.user && password === master.password,
    note: (login, command) => void commands.push({ login, command }),
  };

  function accept(socket: Socket): void {
    if (faults.isDown) return void socket.destroy();
    socket.setNoDelay(true);
    sessions.set(socket, startSession(socket, world, () => {
      past += socket.bytesRead + socket.bytesWritten;
      sessions.delete(socket);
    }));
  }

  const server: Server = tls ? createTlsServer(tls, accept) : createPlainServer(accept);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();

  return {
    port: typeof address === 'object' && address ? address.port : 0,
    faults,
    manner,
    commands,
    account(login) {
      const found = accounts.get(login.toLowerCase());
      if (!found) throw new Error(`there is no login ${login}`);
      return found;
    },
    bytes: () => [...sessions.keys()].reduce((sum, { bytesRead, bytesWritten }) => sum + bytesRead + bytesWritten, past),
    connections: (login) => (login === undefined ? sessions.size : countOf(login)),
    expireSessions(login) {
      for (const session of sessions.values()) if (session.account?.login === login) session.bye('Session expired, please login again.');
    },
    cut: sever,
    close: () => new Promise<void>((resolve) => {
      server.close(() => resolve());
      sever();
    }),
  };
}
