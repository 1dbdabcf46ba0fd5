import type { Admission } from '../../../ports/admission.ts';
import type { Door, DoorResponse } from '../../../ports/door.ts';
import type { Log } from '../../../ports/log.ts';
import { roomAddress } from '../client/prosody.ts';
import { domainOf, type JitsiConfig } from '../config.ts';
import { carries } from './bearer.ts';

/**
 * What Jitsi's own dial-in asks (resources/cloud-api.swagger of Jitsi Meet): the numbers, and which room a code means. The page asks too, from people's browsers,
 * for the numbers and for the code of the room that it shows: both stand in every invite, and the name of a room is as hard to guess as its link. Which room
 * a code means is told only to whoever shows our word, and guesses are counted.
 */
export function telephoneDoors({ config, log, admission, secret }: { config: JitsiConfig; log: Log; admission: Admission; secret: string }): Door[] {
  const { instance } = config;
  const domain = domainOf(config);
  const headers = { 'Content-Type': 'application/json; charset=utf-8', 'Access-Control-Allow-Origin': new URL(config.url).origin, 'Cache-Control': 'no-store' };
  const json = (body: object): DoorResponse => ({ status: 200, headers, body: JSON.stringify(body) });
  const nothing = (): DoorResponse => json({ message: 'No conference mapping was found', conference: false });

  function numbers(): Record<string, string[]> {
    const byCountry: Record<string, string[]> = {};
    for (const { country, number } of config.dialIn) (byCountry[country] ??= []).push(number);
    return byCountry;
  }

  async function roomOfCode(code: string): Promise<DoorResponse> {
    // Jigasi does not say who calls: all its callers are counted as one.
    const verdict = await admission.decideByCode(code, { instance, number: '', callId: 'jigasi' });
    if (verdict.admit) return json({ message: 'Successfully retrieved conference mapping', id: Number(code), conference: roomAddress(verdict.room, domain) });
    log.info({ refusal: verdict.refusal }, 'conference mapper: refused');
    return nothing();
  }

  async function codeOfRoom(address: string): Promise<DoorResponse> {
    const [room = '', host] = address.toLowerCase().split('@');
    const isOurs = /^[a-z0-9]+$/.test(room) && (host === undefined || `${room}@${host}` === roomAddress(room, domain));
    const code = isOurs ? await admission.codeOfRoom(instance, room) : null;
    return code === null ? nothing() : json({ message: 'Successfully retrieved conference mapping', id: Number(code), conference: roomAddress(room, domain) });
  }

  return [
    {
      path: 'phone-numbers',
      methods: ['GET'],
      verify: () => true,
      handle: async () => json({ message: config.dialIn.length > 0 ? 'Phone numbers available.' : 'There are no phone numbers.', numbers: numbers(), numbersEnabled: config.dialIn.length > 0 }),
    },
    {
      path: 'conference-mapper',
      methods: ['GET'],
      verify: (request) => !request.query.has('id') || carries(request, secret),
      async handle({ query }) {
        const code = query.get('id');
        return code === null ? codeOfRoom(query.get('conference') ?? '') : roomOfCode(code.replaceAll(/\D/g, ''));
      },
    },
  ];
}
