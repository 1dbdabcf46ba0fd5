import { OurError, TheirError } from '../../../domain/errors.ts';
import { readCensus, readOccupants, type CensusRow, type Occupant } from '../schema.ts';
import type { Answer, Http } from './http.ts';

/** Prosody's HTTP, as Jitsi's plugins speak it: mod_muc_census, mod_muc_size, mod_muc_end_meeting, mod_muc_kick_participant. */
export interface Prosody {
  /** Every room with somebody in it, on the main conference component. */
  census(): Promise<CensusRow[]>;
  /** Who is in; empty for a room that is not there. */
  occupants(room: string): Promise<Occupant[]>;
  /** A room that is not there counts as ended. */
  endMeeting(room: string): Promise<void>;
  /** Somebody who is not there counts as put out. */
  kick(room: string, endpoint: string): Promise<void>;
}

export interface ProsodyOptions {
  connector: string;
  http: Http;
  url: string;
  /** Prosody's main virtual host. */
  domain: string;
  /** A fresh system token; null when we have no key. */
  systemToken: () => Promise<string | null>;
}

/** The conference component as every installation guide of Jitsi sets it up (`muc_mapper_domain_prefix`). */
export function roomAddress(room: string, domain: string): string {
  return `${room}@conference.${domain}`;
}

export function createProsody({ connector, http, url, domain, systemToken }: ProsodyOptions): Prosody {
  const base = url.replace(/\/$/, '');

  async function get(what: string, path: string, query: Record<string, string> = {}): Promise<Answer> {
    const more = new URLSearchParams(query).toString();
    // Prosody serves by the name of its virtual host, whatever address it is reached by.
    return http.send(what, `${base}/${path}${more === '' ? '' : `?${more}`}`, { method: 'GET', headers: { host: domain } });
  }

  /** @throws TheirError for everything that is not meant by `fine`. */
  function judge(what: string, module: string, { status }: Answer, fine: readonly number[]): void {
    if (fine.includes(status)) return;
    if (status === 401 || status === 403) {
      throw new TheirError(connector, 'denied', `${what} was refused (${status})`, { remedy: 'Set prosody_password_public_key_repo_url to this server\'s /hooks/<instance>/keys, and prosody.keyId here to the same key.' });
    }
    if (status >= 500) throw new TheirError(connector, 'unavailable', `${what} failed (${status})`);
    throw new TheirError(connector, 'refused', `${what} failed (${status})`, { remedy: `Enable "${module}" in Prosody, and see that prosody.url reaches its HTTP port.` });
  }

  async function command(what: string, module: string, method: string, path: string, body?: string): Promise<void> {
    const token = await systemToken();
    if (token === null) throw new TheirError(connector, 'refused', `${what} needs a key`, { remedy: 'Name a private key under prosody.keyEnv.' });
    const headers = { Authorization: `Bearer ${token}`, host: domain, ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) };
    judge(what, module, await http.send(what, `${base}/${path}`, { method, headers, ...(body === undefined ? {} : { body }) }), [200, 404]);
  }

  return {
    async census() {
      const answer = await get('the census of rooms', 'room-census');
      judge('the census of rooms', 'muc_census', answer, [200]);
      return readCensus(connector, answer.text);
    },
    async occupants(room) {
      const answer = await get('the list of a room', 'room', { room, domain });
      judge('the list of a room', 'muc_size', answer, [200, 404]);
      return answer.status === 404 ? [] : readOccupants(connector, answer.text);
    },
    endMeeting: (room) => command('ending a meeting', 'muc_end_meeting', 'POST', `end-meeting?${new URLSearchParams({ conference: roomAddress(room, domain) }).toString()}`),
    kick(room, endpoint) {
      if (endpoint === '') throw new OurError('nobody to put out');
      return command('putting somebody out', 'muc_kick_participant', 'PUT', `kick-participant?${new URLSearchParams({ room }).toString()}`, JSON.stringify({ participantId: endpoint }));
    },
  };
}
