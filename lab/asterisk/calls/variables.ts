import { escapeText, type Header } from '../ami/packet.ts';
import type { Bus } from '../bus.ts';
import type { Database } from '../database.ts';
import type { DeviceStates } from '../states/device-states.ts';
import type { PresenceStates } from '../states/presence-states.ts';
import type { Voicemail } from '../voicemail/index.ts';
import { readValue } from '../voicemail/message-file.ts';
import { type Channel, channelHeaders } from './channel.ts';

/** Options of a ConfBridge user and bridge that Asterisk 22 knows; others are refused with a line in its log (and still `200 result=1`). */
const conferenceOptions: Record<string, string> = {
  user: `admin announce_join_leave announce_join_leave_review announce_only_user announce_user_count announce_user_count_all announcement answer_channel
    denoise dsp_drop_silence dsp_silence_threshold dsp_talking_threshold dtmf_passthrough echo_events end_marked end_marked_any hear_own_join_sound
    jitterbuffer marked music_on_hold_class music_on_hold_when_empty pin quiet send_events startmuted talk_detection_events template text_messaging
    timeout wait_marked`,
  bridge: `enable_events internal_sample_rate jitterbuffer language max_members maximum_sample_rate mixing_interval record_command record_conference
    record_file record_file_append record_file_timestamp record_options regcontext template video_mode`,
  menu: 'template',
};

function isConferenceOption(kind: string, option: string): boolean {
  return (conferenceOptions[kind] ?? '').split(/\s+/).includes(option) || (kind === 'bridge' && option.startsWith('sound_'));
}

export interface Variables {
  /** False where Asterisk says "Variable not set". Without a channel the variable is global. `live`: asked from outside (AMI), where writing DB is forbidden. */
  set(channel: Channel | null, name: string, value: string, live?: 'from outside'): boolean;
  /** Null when there is none. */
  get(channel: Channel | null, name: string): string | null;
  /** `text` with every ${NAME} and ${FUNCTION(args)} filled in, unknown ones as ''. */
  fill(channel: Channel | null, text: string): string;
  /** A function whose module is not loaded is not there. */
  setMissing(functionName: string, isMissing: boolean): void;
  /** Globals do not survive a restart. */
  crash(): void;
}

export function createVariables(parts: { bus: Bus; database: Database; devices: DeviceStates; presences: PresenceStates; voicemail: Voicemail; now: () => number }): Variables {
  const { bus, database, devices, presences, voicemail } = parts;
  const globals = new Map<string, string>();
  const missing = new Set<string>();

  function setFunction(channel: Channel | null, name: string, args: string, value: string, fromOutside: boolean): boolean {
    const [first = '', second = ''] = args.split(',');
    if (missing.has(name.toUpperCase())) return false;
    switch (name.toUpperCase()) {
      case 'CONFBRIDGE':
        if (!channel || !isConferenceOption(first, second)) return false;
        channel.conference.set(`${first},${second}`, value);
        return true;
      case 'DEVICE_STATE':
        return devices.write(args, value);
      case 'PRESENCE_STATE':
        return presences.write(args, value);
      case 'CALLERID':
        if (!channel || !['num', 'name'].includes(first)) return false;
        channel.caller = { ...channel.caller, [first === 'num' ? 'number' : 'name']: value };
        return true;
      case 'DB': {
        const slash = args.lastIndexOf('/');
        if (fromOutside || slash < 1) return false;
        database.put(args.slice(0, slash), args.slice(slash + 1), value);
        return true;
      }
      case 'CHANNEL':
        return channel !== null && ['language', 'hangup_handler_push'].includes(first);
      default:
        return false;
    }
  }

  function getPresence(args: string): string | null {
    const [presentity = '', field = '', option = ''] = args.split(',');
    const presence = presences.get(presentity);
    const text = { value: presence.state, subtype: presence.subtype, message: presence.message }[field];
    if (text === undefined) return null;
    return option === 'e' && field !== 'value' ? Buffer.from(text, 'utf8').toString('base64') : text;
  }

  /** AST_CONFIG(file,section,name[,index]): of all files, the lab has those of the voicemail spool. A file that is not there is an empty value (tried). */
  function readConfig(args: string): string | null {
    const [file = '', section = '', name = ''] = args.split(',');
    const start = `${voicemail.spoolDirectory}/voicemail/`;
    if (section !== 'message' || !file.startsWith(start) || file.includes('..')) return null;
    const text = voicemail.files.read(file.slice(start.length))?.toString('utf8');
    return text === undefined ? null : (readValue(text, name) ?? null);
  }

  function getFunction(channel: Channel | null, name: string, args: string): string | null {
    if (missing.has(name.toUpperCase())) return null;
    switch (name.toUpperCase()) {
      case 'AST_CONFIG':
        return readConfig(args);
      case 'DEVICE_STATE':
        return devices.get(args);
      case 'PRESENCE_STATE':
        return getPresence(args);
      case 'GLOBAL':
        return globals.get(args) ?? null;
      case 'IF': {
        const [, condition = '', yes = '', no = ''] = /^([^?]*)\?([^:]*):?(.*)$/s.exec(args) ?? [];
        return condition !== '' && condition !== '0' ? yes : no;
      }
      case 'CALLERID':
        return channel && args === 'num' ? channel.caller.number : channel && args === 'name' ? channel.caller.name : null;
      case 'CHANNEL':
        return channel && args === 'name' ? channel.name : channel && args === 'state' ? String(channel.state) : channel && args === 'language' ? 'en' : null;
      case 'DB': {
        const slash = args.lastIndexOf('/');
        return slash < 1 ? null : (database.get(args.slice(0, slash), args.slice(slash + 1)) ?? null);
      }
      default:
        return null;
    }
  }

  function get(channel: Channel | null, name: string): string | null {
    const call = /^([A-Za-z_]+)\((.*)\)$/s.exec(name);
    if (call) return getFunction(channel, call[1] ?? '', call[2] ?? '');
    const own: Record<string, string> = channel
      ? { UNIQUEID: channel.uniqueId, LINKEDID: channel.linkedId, EXTEN: channel.extension, CONTEXT: channel.context, PRIORITY: String(channel.priority), HANGUPCAUSE: String(channel.cause) }
      : {};
    return own[name] ?? channel?.variables.get(name) ?? globals.get(name) ?? (name === 'ASTSPOOLDIR' ? voicemail.spoolDirectory : name === 'EPOCH' ? String(Math.floor(parts.now() / 1000)) : null);
  }

  return {
    get,
    set(channel, name, value, live) {
      const call = /^([A-Za-z_]+)\((.*)\)$/s.exec(name);
      if (call) return setFunction(channel, call[1] ?? '', call[2] ?? '', value, live !== undefined);
      (channel?.variables ?? globals).set(name, value);
      const whose: Header[] = channel ? channelHeaders(channel) : [['Channel', 'none'], ['Uniqueid', 'none']];
      bus.publish(['dialplan'], 'VarSet', [...whose, ['Variable', name], ['Value', escapeText(value)]]);
      return true;
    },
    fill(channel, text) {
      let filled = text;
      // From the inside out, so that ${A${B}} works; bounded, because a value may contain its own name.
      for (let round = 0; round < 10 && /\$\{[^${}]*\}/.test(filled); round += 1) {
        filled = filled.replace(/\$\{([^${}]*)\}/g, (_, name: string) => get(channel, name) ?? '');
      }
      return filled;
    },
    setMissing: (name, isMissing) => void (isMissing ? missing.add(name.toUpperCase()) : missing.delete(name.toUpperCase())),
    crash: () => globals.clear(),
  };
}
