import { OurError, TheirError } from '../../domain/errors.ts';
import type { BridgeCapabilities, BridgeEvent, ConferenceBridge } from '../../ports/conference-bridge.ts';
import type { Http } from './client/http.ts';
import { roomAddress, type Prosody } from './client/prosody.ts';
import { domainOf, type JitsiConfig } from './config.ts';
import type { Tokens } from './tokens.ts';

/** Names of rooms that are ours; whatever else people open on the same Jitsi is refused or left alone. */
const roomPattern = /^[a-z0-9]+$/;

export interface BridgeOptions {
  config: JitsiConfig;
  http: Http;
  tokens: Tokens;
  prosody: Prosody | null;
  hasKey: boolean;
  watchers: Set<(event: BridgeEvent) => void>;
}

/**
 * Jitsi keeps no room before somebody is in it and asks us when somebody wants one (doors/reservations.ts). Who is in is told by the plugins of Prosody that
 * an administrator may enable; nobody can be muted or locked out from afar, the people in the room do that themselves.
 */
export function jitsiCapabilities(config: JitsiConfig, hasKey: boolean): BridgeCapabilities {
  const looks = config.prosody !== undefined;
  return {
    preCreate: false, dialIn: config.dialIn.length > 0, participants: looks, hosts: false, events: false, mute: false, kick: looks && hasKey, lock: false,
    end: looks && hasKey, record: false, dialOut: false, joinLinks: true,
  };
}

function checkRoom(room: string): void {
  if (!roomPattern.test(room)) throw new OurError('a room with a strange name');
}

export function createConferenceBridge({ config, http, tokens, prosody, hasKey, watchers }: BridgeOptions): ConferenceBridge {
  const { instance } = config;
  const domain = domainOf(config);
  const capabilities = jitsiCapabilities(config, hasKey);

  function cannot(what: string): TheirError {
    return new TheirError(instance, 'refused', `Jitsi cannot ${what} from afar`, { remedy: 'Whoever moderates the meeting does it in the browser.' });
  }

  async function occupants(room: string): Promise<{ endpoint: string; name: string }[]> {
    checkRoom(room);
    return prosody ? prosody.occupants(room) : [];
  }

  /** Everybody out; whoever comes later asks us. Without Prosody's plugins nobody can be put out, nor counted: those who are in stay until they leave. */
  async function empty(room: string): Promise<void> {
    checkRoom(room);
    if (!prosody) return mustAnswer();
    if ((await prosody.occupants(room)).length === 0) return;
    await prosody.endMeeting(room);
    if ((await prosody.occupants(room)).length > 0) throw new TheirError(instance, 'refused', 'the meeting was ended, and somebody is still in it');
  }

  async function mustAnswer(): Promise<void> {
    if (prosody) return void (await prosody.census());
    const { status } = await http.send('the web server of Jitsi', `${config.url.replace(/\/$/, '')}/`, { method: 'GET' });
    if (status >= 500) throw new TheirError(instance, 'unavailable', `its web server answers ${status}`);
  }

  return {
    instance,
    capabilities,
    dialIn: config.dialIn,
    async ensure({ room }) {
      checkRoom(room);
      await mustAnswer();
    },
    close: empty,
    end: empty,
    async participants(room) {
      return (await occupants(room)).map(({ endpoint, name }) => ({ leg: endpoint, name, number: '', isHost: false, isMuted: false, joinedAt: null }));
    },
    async occupancy(room) {
      checkRoom(room);
      return prosody ? (await prosody.occupants(room)).length : null;
    },
    async liveRooms() {
      const rows = prosody ? await prosody.census() : [];
      const here = roomAddress('', domain);
      const names = rows.filter(({ participants, address }) => participants > 0 && address.endsWith(here)).map(({ address }) => address.slice(0, -here.length));
      return names.filter((name) => roomPattern.test(name));
    },
    async mute(room, leg) {
      if (!(await occupants(room)).some((each) => each.endpoint === leg)) throw new TheirError(instance, 'gone', 'this participant is no longer in the room');
      throw cannot('mute');
    },
    async kick(room, leg) {
      if (!(await occupants(room)).some((each) => each.endpoint === leg)) return;
      if (!prosody) throw cannot('put somebody out');
      await prosody.kick(room, leg);
    },
    async lock(room) {
      checkRoom(room);
      throw cannot('lock a room');
    },
    async isLocked(room) {
      checkRoom(room);
      return false;
    },
    mayCall: () => false,
    async call() {
      throw cannot('call anybody');
    },
    async joinLink(pass) {
      checkRoom(pass.room);
      const token = await tokens.forPerson(pass);
      const page = `${config.url.replace(/\/$/, '')}/${pass.room}`;
      const language = /^[a-z]{2}$/.test(pass.language) ? `config.defaultLanguage=${encodeURIComponent(JSON.stringify(pass.language))}` : '';
      // What stands after # is read as JSON, what stands after ? as it is (parseURLParams of Jitsi Meet).
      if (config.tokenIn === 'query') return `${page}?jwt=${token}${language === '' ? '' : `#${language}`}`;
      return `${page}#jwt=${encodeURIComponent(JSON.stringify(token))}${language === '' ? '' : `&${language}`}`;
    },
    onEvent(fn) {
      watchers.add(fn);
      return () => watchers.delete(fn);
    },
  };
}
