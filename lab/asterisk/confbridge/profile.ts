import type { Channel } from '../calls/channel.ts';

/** Profiles of confbridge.conf: options by name, those of the user and those of the bridge kept apart by the kind. */
export type Profiles = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The profiles of a stock confbridge.conf and those of pbx/asterisk/confbridge.d/tieline.conf. */
export const stockProfiles: Profiles = {
  default_user: {},
  default_bridge: {},
  tieline_user: {},
  tieline_bridge: {},
};

/** What somebody brings into a room. */
export interface MemberOptions {
  admin: boolean;
  marked: boolean;
  waitMarked: boolean;
  endMarked: boolean;
  startMuted: boolean;
  /** No announcements, so no delay before joining. */
  quiet: boolean;
  announceOnlyUser: boolean;
}

/** What a room is created with; later members' wishes count for nothing. */
export interface RoomOptions {
  /** 0 = no limit. */
  maxMembers: number;
}

function isTrue(value: string | undefined): boolean {
  return ['yes', 'true', 'y', 't', '1', 'on'].includes((value ?? '').toLowerCase());
}

/**
 * The options of one kind: set on the channel with CONFBRIDGE(), which outranks a profile named in the application's arguments, else that profile.
 * Null where the named profile or template does not exist, which fails the application.
 */
function optionsOf(channel: Channel, kind: 'user' | 'bridge', profiles: Profiles, named: string): Record<string, string> | null {
  const own = Object.fromEntries([...channel.conference].filter(([key]) => key.startsWith(`${kind},`)).map(([key, value]) => [key.slice(kind.length + 1), value]));
  const wanted = Object.keys(own).length > 0 ? own['template'] : named;
  const profile = profiles[wanted || `default_${kind}`];
  return profile ? { ...profile, ...own } : null;
}

export function memberOptions(channel: Channel, profiles: Profiles, named: string): MemberOptions | null {
  const options = optionsOf(channel, 'user', profiles, named);
  return options && {
    admin: isTrue(options['admin']), marked: isTrue(options['marked']), waitMarked: isTrue(options['wait_marked']), endMarked: isTrue(options['end_marked']),
    startMuted: isTrue(options['startmuted']), quiet: isTrue(options['quiet']), announceOnlyUser: isTrue(options['announce_only_user'] ?? 'yes'),
  };
}

export function roomOptions(channel: Channel, profiles: Profiles, named: string): RoomOptions | null {
  const options = optionsOf(channel, 'bridge', profiles, named);
  return options && { maxMembers: Number.parseInt(options['max_members'] ?? '0', 10) || 0 };
}
