import type { LabClock } from '../clock.ts';
import { type AgiClient, createAgiClient } from './agi/client.ts';
import { type Boot, createBoot } from './boot.ts';
import { type Bus, createBus } from './bus.ts';
import { type Applications, createApplications } from './calls/applications.ts';
import type { Channel } from './calls/channel.ts';
import { type Channels, createChannels } from './calls/channels.ts';
import { createMedia, type Media } from './calls/media.ts';
import { createOriginate, type Originate } from './calls/originate.ts';
import { createVariables, type Variables } from './calls/variables.ts';
import { type Profiles, stockProfiles } from './confbridge/profile.ts';
import { createRooms, type Rooms } from './confbridge/rooms.ts';
import { createDatabase, type Database } from './database.ts';
import { createDialplan, type Dialplan } from './dialplan.ts';
import { createWireLog, type WireLog } from './log.ts';
import type { PhoneLine } from './phones/handset.ts';
import { createPhones, type Phones } from './phones/phones.ts';
import { createSounds, type Sounds } from './sounds.ts';
import { createDeviceStates, type DeviceStates } from './states/device-states.ts';
import { createHints, type Hints } from './states/hints.ts';
import { createPresenceStates, type PresenceStates } from './states/presence-states.ts';
import { memoryFiles } from './voicemail/files.ts';
import { createVoicemail, type Voicemail, type VoicemailOptions } from './voicemail/index.ts';

/** The version that the stand-in plays. */
export const asteriskVersion = '22.10.1';

/** Everything about the PBX that is not its AMI. */
export interface ExchangeOptions {
  clock: LabClock;
  phones: readonly PhoneLine[];
  /** Where the dial-in's AGI goes, `agi://host[:port]/script`; a function is asked at each call. */
  agiUrl: string | (() => string);
  dialIn: string;
  /** Contexts as in extensions.conf, which come before the lab's own: what an administrator laid in. */
  script?: string | undefined;
  /** Zone of the PBX, IANA. */
  timeZone: string;
  /** How long each sound lasts, ms. */
  promptMs: number;
  /** Between two keys that a person presses, ms. */
  digitMs: number;
  firstJoinMs: number;
  kickedMs: number;
  /** Sounds beside the stock ones: name without ending, and the words. */
  sounds: Readonly<Record<string, string>>;
  /** Folder of further sounds, as files; null for none. */
  soundsFolder: string | null;
  /** Boxes and their spool. Without boxes there is no voicemail, and calls that nobody takes just end. */
  voicemail?: VoicemailOptions | undefined;
  /** Profiles of confbridge.conf beside the stock ones. */
  profiles: Profiles;
}

/** The PBX inside: calls, conferences, states. */
export interface Exchange {
  readonly clock: LabClock;
  readonly bus: Bus;
  readonly boot: Boot;
  readonly log: WireLog;
  readonly database: Database;
  readonly devices: DeviceStates;
  readonly presences: PresenceStates;
  readonly hints: Hints;
  readonly variables: Variables;
  readonly channels: Channels;
  readonly media: Media;
  readonly sounds: Sounds;
  readonly voicemail: Voicemail;
  readonly rooms: Rooms;
  readonly applications: Applications;
  readonly agi: AgiClient;
  readonly phones: Phones;
  readonly dialplan: Dialplan;
  readonly originate: Originate;
  /** kill -9: calls, rooms and globals are gone, nobody is told; AstDB loses its last second. */
  crash(): void;
}

export function createExchange(options: ExchangeOptions): Exchange {
  const { clock } = options;
  const bus = createBus();
  const log = createWireLog(clock, () => bus.changed());
  const database = createDatabase(clock);
  const devices = createDeviceStates(bus, database);
  const presences = createPresenceStates(bus, database);
  const voicemail = createVoicemail({ bus, devices, now: () => clock.now(), options: options.voicemail }, options.voicemail?.files ?? memoryFiles());
  const variables = createVariables({ bus, database, devices, presences, voicemail, now: () => clock.now() });
  const channels = createChannels(clock, bus);
  const sounds = createSounds(clock, options.sounds, options.soundsFolder);
  const media = createMedia(clock, bus, sounds, options.promptMs);
  const rooms = createRooms(bus, devices);
  const phones = createPhones({ clock, bus, channels, devices, media, lines: options.phones, digitMs: options.digitMs, route, light: (extension) => lit(extension) });
  const hints = createHints(bus, devices, presences, options.phones.map(({ extension, devices: more = [] }) => ({
    extension, context: 'internal', devices: [`PJSIP/${extension}`, ...more], presentity: `CustomPresence:${extension}`,
  })));
  const applications = createApplications({
    clock, bus, channels, media, rooms, variables, voicemail, profiles: { ...stockProfiles, ...options.profiles }, times: { firstJoinMs: options.firstJoinMs, kickedMs: options.kickedMs },
  });
  const agi = createAgiClient({ clock, applications, channels, media, variables, timeZone: options.timeZone }, log, asteriskVersion);
  const agiUrl = (): string => (typeof options.agiUrl === 'string' ? options.agiUrl : options.agiUrl());
  const dialplan = createDialplan({ presences, bus, channels, phones, variables, voicemail, agi, applications, dialIn: options.dialIn, script: options.script ?? '', agiUrl });
  const originate = createOriginate({ bus, channels, phones, variables, applications, route });

  function lit(extension: string): boolean {
    const box = voicemail.box(extension);
    return box !== undefined && voicemail.waiting.light(box);
  }

  function route(channel: Channel): void {
    void dialplan.run(channel);
  }

  return {
    clock, bus, boot: createBoot(clock, bus), log, database, devices, presences, hints, variables, channels, media, sounds, voicemail, rooms, applications, agi, phones, dialplan, originate,
    crash() {
      agi.crash();
      channels.crash();
      rooms.crash();
      database.crash();
      devices.crash();
      presences.crash();
      variables.crash();
      voicemail.crash();
      phones.crash();
    },
  };
}
