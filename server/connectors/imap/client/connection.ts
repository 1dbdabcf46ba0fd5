import { ImapFlow } from 'imapflow';
import type { ExistsEvent, ExpungeEvent, FetchMessageObject, FetchQueryObject, ListResponse, MailboxObject, SearchObject, StatusObject } from 'imapflow';
import { TheirError } from '../../../domain/errors.ts';
import { withDeadline } from '../../../outbound/deadline.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { ImapConfig } from '../config.ts';
import { imapError, isTooLarge } from './errors.ts';
import { fromUtf7 } from './utf7.ts';

/** How a connection proves itself: by a token, or as the master user on behalf of a mailbox. */
export type Proof = { token: string } | { masterUser: string; password: string };

/** Marks of one message. `modseq` 0 where the server has none. */
export interface MessageRow { uid: number; flags: ReadonlySet<string>; modseq: bigint; headers: Buffer | null; permanentId: string | null; labels: ReadonlySet<string> | null }

export interface OpenFolder { path: string; uidValidity: bigint; uidNext: number; count: number; modseq: bigint | null }

/** One signed-in connection. Every method ends within the deadline and throws TheirError; after 'no-answer' the connection is over. */
export interface ImapConnection {
  readonly isOver: boolean;
  /** The open folder. */
  readonly openPath: string | null;
  readonly can: { condstore: boolean; qresync: boolean; idle: boolean; move: boolean; uidPlus: boolean; gmail: boolean };
  open(path: string): Promise<OpenFolder>;
  /** `guessesUse`: a second command and names in many languages tell what a server without SPECIAL-USE does not say. */
  list(guessesUse: boolean): Promise<ListResponse[]>;
  create(path: string): Promise<void>;
  /** The path of a folder by its names from the top, as this server writes it. */
  pathOf(names: readonly string[]): string;
  status(path: string): Promise<StatusObject | null>;
  search(query: SearchObject): Promise<number[]>;
  /** `since`: only what changed after that modseq; `gone` then holds UIDs that left, where the server tells (QRESYNC). */
  fetch(uids: string, query: FetchQueryObject, since?: bigint): Promise<{ rows: MessageRow[]; gone: number[] }>;
  mark(uid: number, flag: string, isSet: boolean): Promise<void>;
  /** The new UID, where the server tells it. */
  move(uid: number, to: string): Promise<number | null>;
  /** The new message's UID, where the server tells it. */
  append(path: string, message: Buffer, flags: string[], at: Date): Promise<number | null>;
  /** Waits for changes of the open folder; any other call ends the waiting. */
  idle(): void;
  bytes(): number;
  close(): void;
}

export interface ConnectOptions {
  config: ImapConfig;
  ca: string | undefined;
  login: string;
  proof: Proof;
  clock: Clock;
  /** Something changed in the open folder, and nobody asked. */
  onChange: () => void;
  onOver: () => void;
}

/** Longest line and largest literal that a server may send us: a mail's headers stay far below. Hostile servers do not. */
const mostBytes = 32 * 1024 * 1024;

export async function connect({ config, ca, login, proof, clock, onChange, onOver }: ConnectOptions): Promise<ImapConnection> {
  const { instance, host, port, security, connections, deadlines } = config;
  let isOver = false;
  /** The library answers a refusal with false and tells its log why: that is kept here. */
  let refusal: unknown = null;
  let earlier: number[] = [];
  let busy = 0;
  /** News that came while something was asked: told when that is over. What was asked may have seen them already; then one look too many is made. */
  let hasNews = false;
  /** What our own writes bring about in the open folder is no news. */
  let own: { kind: 'append' } | { kind: 'move'; uid: number } | null = null;

  const flow = new ImapFlow({
    host, port, secure: security === 'tls', doSTARTTLS: security === 'starttls' ? true : security === 'none' ? false : undefined, tls: ca === undefined ? {} : { ca },
    auth: 'token' in proof ? { user: login, accessToken: proof.token } : { user: proof.masterUser, pass: proof.password, authzid: login, loginMethod: 'AUTH=PLAIN' },
    clientInfo: { name: 'Tieline', version: false, vendor: false, 'support-url': false, os: false, date: false },
    qresync: true, disableAutoIdle: true, disableCompression: true, maxIdleTime: connections.idleMinutes * 60_000,
    // The server may be silent as long as an IDLE lasts; our own deadlines watch over everything that is asked.
    socketTimeout: (connections.idleMinutes + 2) * 60_000, connectionTimeout: deadlines.connectMs, greetingTimeout: deadlines.connectMs,
    maxLineLength: mostBytes, maxLiteralSize: mostBytes, maxResponseSize: 2 * mostBytes,
    logger: { debug() {}, info() {}, warn: keep, error: keep },
    expungeHandler,
  });

  function keep(entry: unknown): void {
    if (typeof entry === 'object' && entry !== null && 'err' in entry) refusal = entry.err;
  }

  function expungeHandler({ uid, earlier: isEarlier }: ExpungeEvent): void {
    if (isEarlier && uid !== undefined) earlier.push(uid);
    else if (own?.kind !== 'move' || (uid !== undefined && uid !== own.uid)) noticed();
  }

  function noticed(): void {
    if (busy === 0) onChange();
    else hasNews = true;
  }

  function counted({ count, prevCount }: ExistsEvent): void {
    if (own?.kind !== 'append' || count !== prevCount + 1) noticed();
  }

  function end(): void {
    if (isOver) return;
    isOver = true;
    onOver();
  }

  // Without a listener an error would end the process.
  flow.on('error', (error) => {
    refusal = error;
  });
  flow.on('close', end);
  flow.on('exists', counted);
  flow.on('flags', noticed);

  try {
    await withDeadline({ clock, connector: instance, what: 'connect', ms: deadlines.connectMs }, () => flow.connect());
  } catch (error) {
    flow.close();
    throw imapError(instance, 'connect', error, true);
  }

  async function ask<T>(what: string, run: () => Promise<T>): Promise<T> {
    refusal = null;
    busy++;
    try {
      return await withDeadline({ clock, connector: instance, what, ms: deadlines.commandMs }, run);
    } catch (error) {
      const failure = imapError(instance, what, error, false);
      // What the server still says would be taken for an answer to the next question.
      if (failure.fault === 'no-answer') flow.close();
      throw failure;
    } finally {
      busy--;
      own = null;
      if (busy === 0 && hasNews) {
        hasNews = false;
        onChange();
      }
    }
  }

  /** What the library refused to do with a mere false. */
  async function done<T>(what: string, run: () => Promise<T | false | undefined>): Promise<T> {
    return ask(what, async () => {
      const answer = await run();
      if (answer === false || answer === undefined) throw refusal ?? new TheirError(instance, isOver ? 'no-answer' : 'refused', `${what}: not done`);
      return answer;
    });
  }

  function row(message: FetchMessageObject): MessageRow {
    const { uid, flags, modseq, headers, emailId, labels } = message;
    return { uid, flags: flags ?? new Set(), modseq: modseq ?? 0n, headers: headers ?? null, permanentId: emailId ?? null, labels: labels ? new Set([...labels].map(fromUtf7)) : null };
  }

  const has = (name: string): boolean => flow.capabilities.has(name);

  return {
    get isOver() {
      return isOver || flow.isClosed;
    },
    get openPath() {
      return flow.mailbox === false ? null : flow.mailbox.path;
    },
    can: { condstore: flow.enabled.has('CONDSTORE'), qresync: flow.enabled.has('QRESYNC'), idle: has('IDLE'), move: has('MOVE'), uidPlus: has('UIDPLUS'), gmail: has('X-GM-EXT-1') },
    async open(path) {
      const opened: MailboxObject = await ask('open a folder', () => flow.mailboxOpen(path));
      return { path, uidValidity: opened.uidValidity, uidNext: opened.uidNext, count: opened.exists, modseq: opened.noModseq ? null : (opened.highestModseq ?? null) };
    },
    list: (guessesUse) => ask('list folders', () => flow.list({ listOnly: !guessesUse })),
    async create(path) {
      await ask('make a folder', () => flow.mailboxCreate(path));
    },
    pathOf(names) {
      const { delimiter = '/', prefix = '' } = flow.namespace ?? {};
      const path = names.join(delimiter || '/');
      return prefix === '' || path.startsWith(prefix) ? path : `${prefix}${path}`;
    },
    async status(path) {
      const wanted = { messages: true, uidNext: true, uidValidity: true, unseen: true, ...(flow.enabled.has('CONDSTORE') ? { highestModseq: true } : {}) };
      return (await ask('ask for a folder\'s state', () => flow.status(path, wanted))) || null;
    },
    search: (query) => done('search', () => flow.search(query, { uid: true })).then((found) => (Array.isArray(found) ? found : [])),
    async fetch(uids, query, since) {
      earlier = [];
      const rows = await ask('read marks', () => flow.fetchAll(uids, { uid: true, flags: true, ...query }, { uid: true, ...(since === undefined ? {} : { changedSince: since }) }));
      // The same message may be told twice: after QRESYNC (seen with Dovecot 2.3), or because its marks changed in this moment. The marks told last count, and what only one of them had stays.
      const byUid = new Map<number, MessageRow>();
      for (const message of rows) {
        const now = row(message);
        const before = byUid.get(message.uid);
        byUid.set(message.uid, before ? { ...now, flags: message.flags ? now.flags : before.flags, headers: now.headers ?? before.headers, permanentId: now.permanentId ?? before.permanentId, labels: now.labels ?? before.labels } : now);
      }
      return { rows: [...byUid.values()], gone: [...new Set(earlier)] };
    },
    async mark(uid, flag, isSet) {
      await done('mark a mail', () => (isSet ? flow.messageFlagsAdd(String(uid), [flag], { uid: true, silent: true }) : flow.messageFlagsRemove(String(uid), [flag], { uid: true, silent: true })));
    },
    async move(uid, to) {
      const what = 'move a mail';
      own = { kind: 'move', uid };
      if (has('MOVE')) return (await done(what, () => flow.messageMove(String(uid), to, { uid: true }))).uidMap?.get(uid) ?? null;
      const copied = await done(what, () => flow.messageCopy(String(uid), to, { uid: true }));
      // Without UIDPLUS an EXPUNGE would take whatever others have marked as well: then the mark alone has to do, and we read it as "thrown away".
      own = { kind: 'move', uid };
      if (has('UIDPLUS')) await done(what, () => flow.messageDelete(String(uid), { uid: true }));
      else await done(what, () => flow.messageFlagsAdd(String(uid), ['\\Deleted'], { uid: true, silent: true }));
      return copied.uidMap?.get(uid) ?? null;
    },
    async append(path, message, flags, at) {
      own = { kind: 'append' };
      const what = 'deliver a mail';
      const appended = await done(what, () => flow.append(path, message, flags, at).catch((error: unknown) => {
        throw isTooLarge(error) ? new TheirError(instance, 'refused', `${what}: larger than the server takes`, { cause: error }) : error;
      }));
      return appended.uid ?? null;
    },
    idle() {
      if (isOver || flow.idling || busy > 0) return;
      // Its end is no answer to anybody: when the connection broke, `close` tells.
      flow.idle().catch((error: unknown) => {
        refusal = error;
      });
    },
    bytes() {
      const { sent, received } = flow.stats();
      return sent + received;
    },
    close() {
      flow.close();
    },
  };
}
