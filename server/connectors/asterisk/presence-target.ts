import { TheirError } from '../../domain/errors.ts';
import type { LineRef } from '../../domain/line.ts';
import type { Clock } from '../../ports/clock.ts';
import type { PhoneEvent, PresenceTarget, ShownState } from '../../ports/presence-target.ts';
import { header, type AmiPacket } from './client/ami/packet.ts';
import type { Hub } from './hub.ts';
import { cleanText } from './schema.ts';

/**
 * Presence as Asterisk keeps it: `CustomPresence:<extension>`, which hints show on desk phones and the dialplan include reads for its routing. Setting it needs
 * no more than write class `call` (reference: asterisk.md §1). States that Asterisk has no word for are told apart by the subtype.
 */
const values: Readonly<Record<ShownState['availability'], string>> = { available: 'available', away: 'away', busy: 'away', doNotDisturb: 'dnd' };
/** Away for long: `xa`, "extended away". */
const longAway = new Set(['outOfOffice', 'vacation']);

/** Device states with somebody in a call (devicestate.c). Ringing is no call yet. */
const inCall = new Set(['INUSE', 'BUSY', 'ONHOLD', 'RINGINUSE']);

/** Displays of desk phones show 20 to 40 characters; a manager line takes 1,023 bytes. */
const longestText = 120;

/** A do-not-disturb key that sets a device state `Custom:DND<extension>` (FreePBX does so): *78-style keys and AstDB alone tell nobody (asterisk.md §6). */
const ownKey = /^Custom:DND([\w*#]{1,40})$/;

export function presenceValue({ availability, face, text }: ShownState): string {
  const value = longAway.has(face) ? 'xa' : values[availability];
  const encode = (words: string): string => Buffer.from(cleanText(words).slice(0, longestText), 'utf8').toString('base64');
  // `e`: both texts are base64. A comma or a line break in a title would else end the value, or the whole action (tried).
  return `${value},${encode(availability === 'busy' || longAway.has(face) ? face : availability)},${encode(text)},e`;
}

export function createPresenceTarget({ instance, timeZone, clock, hub }: { instance: string; timeZone?: string | undefined; clock: Clock; hub: Hub }): PresenceTarget {
  const watchers = new Set<(event: PhoneEvent) => void>();

  function tell(event: PhoneEvent): void {
    for (const fn of watchers) fn(event);
  }

  function hear(event: AmiPacket): void {
    if (event.name !== 'DeviceStateChange') return;
    const device = header(event, 'Device');
    const state = header(event, 'State');
    const extension = ownKey.exec(device)?.[1];
    if (extension !== undefined) {
      if (isTold(state)) tell({ type: 'do-not-disturb', extension, isOn: inCall.has(state), at: clock.now() });
    }
    else if (isPhone(device)) tell({ type: 'device', device, isBusy: inCall.has(state), at: clock.now() });
  }

  hub.onEvent(hear);
  hub.onResync(() => tell({ type: 'resync', at: clock.now() }));

  async function set(extension: string, value: string): Promise<void> {
    if (!/^[\w*#.-]{1,40}$/.test(extension)) throw new TheirError(instance, 'refused', 'an extension with strange characters');
    const reply = await hub.call('Setvar', { Variable: `PRESENCE_STATE(CustomPresence:${extension})`, Value: value });
    if (!reply.isSuccess) throw new TheirError(instance, 'refused', `presence was not set: ${reply.message}`, { remedy: 'Load func_presencestate.so, and give the manager user write = call.' });
  }

  async function list(): Promise<{ device: string; state: string }[]> {
    const reply = await hub.call('DeviceStateList');
    if (!reply.isSuccess) throw new TheirError(instance, 'refused', `devices were not listed: ${reply.message}`);
    return reply.rows.map((row) => ({ device: header(row, 'Device'), state: header(row, 'State') }));
  }

  return {
    instance,
    ...(timeZone !== undefined && { timeZone }),
    show: ({ extension }: LineRef, shown) => set(extension, presenceValue(shown)),
    // As Asterisk says of presence that nobody ever set; the dialplan include rings then.
    forget: ({ extension }: LineRef) => set(extension, 'not_set,,'),
    devices: async () => (await list()).flatMap(({ device, state }) => (isPhone(device) ? [{ device, isBusy: inCall.has(state) }] : [])),
    doNotDisturbKeys: async () => (await list()).flatMap(({ device, state }) => {
      const extension = ownKey.exec(device)?.[1];
      return extension !== undefined && isTold(state) ? [{ extension, isOn: inCall.has(state) }] : [];
    }),
    onEvent(fn) {
      watchers.add(fn);
      return () => watchers.delete(fn);
    },
  };
}

/** A key's state is known; while Asterisk loads, it says UNKNOWN or INVALID of one that it will remember in a moment. */
function isTold(state: string): boolean {
  return state === 'NOT_INUSE' || inCall.has(state);
}

/** Devices of phones; not those of queues, mailboxes, conferences and dialplans. */
function isPhone(device: string): boolean {
  return /^(?:PJSIP|SIP|IAX2|SCCP|DAHDI)\/[\w.@-]{1,79}$/i.test(device);
}
