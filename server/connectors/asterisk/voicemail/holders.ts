import { TheirError } from '../../../domain/errors.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { Log } from '../../../ports/log.ts';
import { header, type AmiPacket } from '../client/ami/packet.ts';
import type { Hub } from '../hub.ts';
import { type ChannelRow, readChannel } from './rows.ts';

/** Calls that are in a box. A change beside them makes Asterisk delete the wrong message at hang-up (tried), so this is asked before each. */
export interface Holders {
  /** A fresh look: is a call in this box? */
  isTaken(box: string): Promise<boolean>;
  /** Begins and ends with the connection. */
  stop(): void;
}

export interface HolderNews {
  taken(box: string): void;
  freed(box: string): void;
}

/** Applications that open a box: the greeting and recording, the menu, one message. */
const applications = new Set(['voicemail', 'voicemailmain', 'voicemailplaymsg']);

/** Some box, we cannot say which: the menu asks for the number itself. */
const anyBox = '*';

/** Boxes that the application's arguments name: `1001@default&1002,u`, `@default`, nothing. Without a context it is `default` (app_voicemail.c). */
export function boxesOf({ application, applicationdata }: Pick<ChannelRow, 'application' | 'applicationdata'>): string[] {
  if (!applications.has(application.toLowerCase())) return [];
  const [names = ''] = applicationdata.split(',');
  return names.split('&').map((name) => {
    const [mailbox = '', context = ''] = name.trim().split('@');
    return mailbox === '' ? anyBox : `${mailbox}@${context || 'default'}`;
  });
}

export function createHolders({ hub, instance, clock, log, lookEveryMs, news }: { hub: Hub; instance: string; clock: Clock; log: Log; lookEveryMs: number; news: HolderNews }): Holders {
  /** Boxes by the Uniqueid of the call that has them, as last seen or told. */
  const held = new Map<string, Set<string>>();
  /** Told by the dialplan before the application opens the box: not to be seen in any list yet. */
  const announced = new Map<string, string>();
  let cancelLook: (() => void) | null = null;

  function isHeld(box: string): boolean {
    return [...held.values()].some((boxes) => boxes.has(box) || boxes.has(anyBox));
  }

  function take(uniqueId: string, boxes: readonly string[]): void {
    const before = held.get(uniqueId) ?? new Set<string>();
    const fresh = boxes.filter((box) => !before.has(box));
    held.set(uniqueId, new Set([...before, ...boxes]));
    for (const box of fresh) if (box !== anyBox) news.taken(box);
    watch();
  }

  function release(uniqueId: string): void {
    const boxes = held.get(uniqueId);
    announced.delete(uniqueId);
    if (!boxes) return;
    held.delete(uniqueId);
    for (const box of boxes) if (box !== anyBox && !isHeld(box)) news.freed(box);
  }

  /** Compares what we believe with the calls that there are. */
  async function look(): Promise<void> {
    const reply = await hub.call('CoreShowChannels');
    if (!reply.isSuccess) throw new TheirError(instance, 'refused', `CoreShowChannels failed: ${reply.message}`);
    const now = new Map<string, string[]>();
    for (const packet of reply.rows) {
      const row = readChannel(packet);
      if (!row) throw new TheirError(instance, 'unreadable', 'a row of CoreShowChannels lacks what it must have');
      const id = row.uniqueid || row.channel;
      const said = announced.get(id);
      const boxes = [...boxesOf(row), ...(said === undefined ? [] : [said])];
      if (boxes.length > 0) now.set(id, boxes);
    }
    for (const id of held.keys()) if (!now.has(id)) release(id);
    for (const [id, boxes] of now) take(id, boxes);
  }

  /** Nobody may tell us that a call has left a box: as long as one is in, we look now and then. */
  function watch(): void {
    if (cancelLook || held.size === 0) return;
    cancelLook = clock.at(clock.now() + lookEveryMs, () => {
      cancelLook = null;
      look().catch((error: unknown) => log.warn({ error }, 'whether calls have left voicemail boxes could not be seen')).finally(watch);
    });
  }

  function hear(packet: AmiPacket): void {
    const id = header(packet, 'Uniqueid');
    if (packet.name === 'Hangup') release(id);
    if (packet.name !== 'UserEvent' || header(packet, 'UserEvent') !== 'TielineVoicemail' || id === '') return;
    const said = header(packet, 'Box');
    const box = said === '' || said.includes('@') ? said : `${said}@default`;
    if (header(packet, 'State') === 'out') return release(id);
    if (box === '') return;
    announced.set(id, box);
    take(id, [box]);
  }

  hub.onEvent(hear);
  hub.onResync(() => {
    announced.clear();
    held.clear();
  });

  return {
    async isTaken(box) {
      await look();
      return isHeld(box);
    },
    stop() {
      cancelLook?.();
      cancelLook = null;
      held.clear();
      announced.clear();
    },
  };
}
