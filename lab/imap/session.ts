import type { Socket } from 'node:net';
import { capabilitiesOf } from './capability.ts';
import { handlers } from './commands/index.ts';
import { createReader } from './reader.ts';
import type { Command } from './reader.ts';
import type { ImapWorld, Outcome, Session } from './session-types.ts';
import { bad, no, ok } from './session-types.ts';
import { readWords } from './tokens.ts';
import type { FolderEvent } from './types.ts';

/** Place of `uid` in rising `uids`; -1 when it is not there. */
function placeOf(uids: readonly number[], uid: number): number {
  let [low, high] = [0, uids.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const here = uids[middle] ?? 0;
    if (here === uid) return middle;
    if (here < uid) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

/** One connection, from greeting to end. */
export function startSession(socket: Socket, world: ImapWorld, onEnd: () => void): Session {
  let events: FolderEvent[] = [];
  let unwatch = (): void => undefined;
  let isListening = false;
  let cancelAlarm: (() => void) | null = null;
  let turn: Promise<void> = Promise.resolve();

  const reader = createReader({ onCommand: (command) => void (turn = turn.then(() => run(command))), go: () => session.say('+ go on') });

  function tell({ kind, uid }: FolderEvent, isSilent: boolean): void {
    const { selected, enabled } = session;
    if (!selected) return;
    const { uids, folder } = selected;
    const at = placeOf(uids, uid);
    if (kind === 'came') {
      // A message that left again before anybody was told.
      if (at >= 0 || !folder.entries.has(uid)) return;
      uids.push(uid);
      session.say(`* ${uids.length} EXISTS`);
    } else if (at < 0) return;
    else if (kind === 'left') {
      uids.splice(at, 1);
      session.say(enabled.has('QRESYNC') ? `* VANISHED ${uid}` : `* ${at + 1} EXPUNGE`);
    } else if (!isSilent) {
      const entry = folder.entries.get(uid);
      if (entry) session.say(`* ${at + 1} FETCH (UID ${uid} FLAGS (${[...entry.content.flags].join(' ')})${enabled.has('CONDSTORE') ? ` MODSEQ (${entry.modseq})` : ''})`);
    }
  }

  function flush(isSilent: boolean): void {
    const told = events;
    events = [];
    // Of several changes of one message the last says all.
    const last = new Map(told.map((event) => [`${event.kind} ${event.uid}`, event]));
    for (const event of last.values()) tell(event, isSilent);
  }

  function notice(event: FolderEvent): void {
    if (event.path !== session.selected?.folder.path) return;
    events.push(event);
    if (!isListening || world.faults.isMute || cancelAlarm) return;
    cancelAlarm = world.clock.at(world.clock.now() + world.manner.notifyMs, () => {
      cancelAlarm = null;
      if (isListening) flush(false);
    });
  }

  const session: Session = {
    world, reader, enabled: new Set(), account: null, selected: null,
    say: (line) => session.sayBytes(Buffer.from(`${line}\r\n`, 'utf8')),
    sayBytes(bytes) {
      if (!socket.destroyed && !world.faults.isSilent) socket.write(bytes);
    },
    open(folder, isReadOnly) {
      events = [];
      session.selected = { folder, isReadOnly, uids: [...folder.entries.keys()] };
    },
    close() {
      events = [];
      session.selected = null;
    },
    login(account) {
      session.account = account;
      unwatch = account.onEvent(notice);
    },
    flush: ({ isSilent = false } = {}) => flush(isSilent),
    listen() {
      isListening = true;
      flush(false);
      return () => {
        isListening = false;
      };
    },
    bye(text) {
      session.say(`* BYE ${text}`);
      socket.end();
    },
  };

  async function outcomeOf(command: Command): Promise<Outcome> {
    const handler = handlers.get(command.name);
    if (!handler) return bad(`${command.name} is not known.`);
    const refusal = world.faults.refusalOf(command.name);
    if (refusal !== null) return no(refusal);
    if (world.faults.isPretended(command.name)) return ok();
    try {
      return await handler(session, readWords(command.pieces), command.tag);
    } catch (error) {
      return bad(error instanceof Error ? error.message : 'error');
    }
  }

  async function run(command: Command): Promise<void> {
    world.note(session.account?.login ?? null, command.name);
    const { status, text, keepsNumbers = false } = await outcomeOf(command);
    if (world.faults.takesAnswer(command.name)) return void socket.destroy();
    if (!keepsNumbers) flush(false);
    session.say(`${command.tag} ${status} ${text}`);
    if (command.name === 'LOGOUT') socket.end();
  }

  socket.on('data', (bytes: Buffer) => reader.push(bytes));
  socket.on('error', () => socket.destroy());
  socket.on('close', () => {
    unwatch();
    cancelAlarm?.();
    onEnd();
  });
  session.say(`* OK [CAPABILITY ${capabilitiesOf(world.manner, false)}] Stand-in ready.`);
  return session;
}
