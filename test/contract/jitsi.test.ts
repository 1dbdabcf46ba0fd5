import assert from 'node:assert/strict';
import { decodeJwt, SignJWT, UnsecuredJWT } from 'jose';
import type { TheirError } from '../../server/domain/errors.ts';
import type { JoinPass } from '../../server/ports/conference-bridge.ts';
import { onlyAdmission } from '../support/admission.ts';
import { domain, jitsiWorld, secrets, tokenOf, type JitsiWorld } from './jitsi-bridge.ts';

const hour = 60 * 60_000;
const word = { Authorization: `Bearer ${secrets.reservations}` };

/** What is Jitsi's own way, tried through the whole connector and real sockets. */
describe('Jitsi, through the connector', () => {
  let world: JitsiWorld;
  let ended: string[];
  let asked: { room: string; code?: string }[];
  let isOpen: boolean;

  beforeEach(async () => {
    ended = [];
    asked = [];
    isOpen = true;
    world = await jitsiWorld({
      config: { dialIn: [{ country: 'DE', number: '+493023125400' }, { country: 'DE', number: '+4940123456' }, { country: 'GB', number: '+442079460400' }] },
      admission: (clock) => onlyAdmission({
        async decideForRoom(_instance, room) {
          asked.push({ room });
          if (!isOpen || room !== 'red') return { open: false, refusal: room === 'red' ? 'ended' : 'unknown-code', message: 'Diese Konferenz ist vorbei.' };
          return { open: true, conferenceId: 'a'.repeat(26), host: 'anna@example.com', until: clock.now() + hour, maxMembers: 25, isInUse: false };
        },
        roomEnded: async (_instance, room) => void ended.push(room),
        codeOfRoom: async (_instance, room) => (room === 'red' ? '482913756' : null),
        async decideByCode(code, caller) {
          asked.push({ room: caller.number, code });
          if (code !== '482913756') return { admit: false, refusal: 'unknown-code', language: 'en', mayRetry: true };
          return { admit: true, conferenceId: 'a'.repeat(26), role: 'guest', room: 'red', waitsForHost: true, asksToBeLetIn: false, until: clock.now() + hour, endsWithHost: false, maxMembers: 25, language: 'en' };
        },
      }),
    });
  });
  afterEach(() => world.stop());

  const pass = (more: Partial<JoinPass> = {}): JoinPass => ({ room: 'red', role: 'guest', name: 'Ann', language: 'de', from: world.clock.now(), until: world.clock.now() + hour, asksToBeLetIn: false, ...more });
  const open = async (token: string, room = 'red') => world.through(world.jitsi.join(room, token));
  const door = (path: string, init: RequestInit = {}): Promise<Response> => fetch(`${world.doors}/${path}`, init);
  const claims = (more: object = {}) => ({ room: 'red', context: { user: { name: 'Eve', affiliation: 'owner' } }, iss: 'tieline', aud: 'jitsi', sub: domain, exp: Math.floor(world.clock.now() / 1000) + 600, ...more });

  it('a link says who comes and with which part, and knows no passcode; after # it reaches no server', async () => {
    const link = new URL(await world.bridge.joinLink(pass({ role: 'host', name: 'Hanna\r\nHolt\u202E' })));
    assert.deepEqual([link.origin, link.pathname, link.search], [`https://${domain}`, '/red', '']);
    const token = decodeJwt(tokenOf(link.href));
    assert.deepEqual([token['room'], token.iss, token.aud, token.sub, token['moderator']], ['red', 'tieline', 'jitsi', domain, true]);
    assert.deepEqual(token['context'], { user: { name: 'HannaHolt', moderator: true, affiliation: 'owner', lobby_bypass: true } });
    assert.equal(token.exp, Math.floor((world.clock.now() + hour) / 1000));
    assert.equal(new URLSearchParams(link.hash.slice(1)).get('config.defaultLanguage'), '"de"');
  });

  it('an old Jitsi gets it after ?', async () => {
    const old = await jitsiWorld({ config: { tokenIn: 'query' } });
    const link = new URL(await old.bridge.joinLink(pass()));
    assert.match(link.search, /^\?jwt=[\w.-]+$/);
    await old.stop();
  });

  it('a host moderates, a guest comes in, a stranger knocks and is let in by the host alone', async () => {
    const host = await open(tokenOf(await world.bridge.joinLink(pass({ role: 'host', name: 'Hanna' }))));
    const guest = await open(tokenOf(await world.bridge.joinLink(pass())));
    const stranger = await open(tokenOf(await world.bridge.joinLink(pass({ name: 'Zoe', asksToBeLetIn: true }))));
    assert.ok(host.endpoint && guest.endpoint && stranger.endpoint);
    assert.deepEqual([host.where, guest.where, stranger.where], ['in', 'in', 'lobby']);
    assert.equal(world.jitsi.rooms.admit('red', guest.endpoint, stranger.endpoint), false);
    assert.equal(await world.bridge.occupancy('red'), 2, 'who waits is not in');
    assert.ok(world.jitsi.rooms.admit('red', host.endpoint, stranger.endpoint));
    assert.equal(await world.bridge.occupancy('red'), 3);
  });

  it('no token opens but ours: not one without signature, of another key, for another room, out of its time, from another issuer', async () => {
    const key = new TextEncoder().encode(secrets.app);
    const signed = (more: object, by = key, alg = 'HS256') => new SignJWT(claims(more)).setProtectedHeader({ alg }).sign(by);
    const now = Math.floor(world.clock.now() / 1000);
    const forged: Record<string, string> = {
      'no signature': new UnsecuredJWT(claims()).encode(),
      'another key': await signed({}, new TextEncoder().encode('another-secret-that-is-long-enough-too')),
      'another room': await signed({ room: 'blue' }),
      'no room': await signed({ room: undefined }),
      'expired': await signed({ exp: now - 1 }),
      'not yet': await signed({ nbf: now + 600 }),
      'another issuer': await signed({ iss: 'somebody' }),
      'no audience': await signed({ aud: undefined }),
      'another algorithm': await signed({}, new TextEncoder().encode(`${secrets.app}${secrets.app}`), 'HS512'),
      'a cut one': (await signed({})).slice(0, -3),
      'none': '',
    };
    for (const [what, token] of Object.entries(forged)) assert.equal((await open(token)).endpoint, null, what);
    assert.ok((await open(await signed({}))).endpoint, 'the same claims, rightly signed');
    const late = tokenOf(await world.bridge.joinLink(pass({ until: world.clock.now() + 5_000 })));
    world.clock.advance(6_000);
    assert.equal((await open(late)).endpoint, null, 'a link of ours after its time');
  });

  it('whoever wants in hears our reason when the room may not be', async () => {
    isOpen = false;
    assert.deepEqual(await open(tokenOf(await world.bridge.joinLink(pass()))), { endpoint: null, message: 'Diese Konferenz ist vorbei.' });
  });

  it('Prosody is told duration and size; asks again over 409; and tells us of the end', async () => {
    const form = new URLSearchParams({ name: 'RED', start_time: new Date(world.clock.now() - 2_000).toISOString(), mail_owner: 'x@meet' });
    const given = await (await door('conference', { method: 'POST', headers: word, body: form })).json() as Record<string, unknown>;
    assert.deepEqual([given['id'], given['name'], given['mail_owner'], given['max_occupants']], ['red', 'red', 'anna@example.com', 25]);
    assert.equal(given['start_time'], form.get('start_time'), 'by Prosody\'s own clock');
    assert.ok(Math.abs(Number(given['duration']) - 3600) <= 1);
    const asked = await (await door('conference/red', { headers: word })).json() as Record<string, unknown>;
    assert.deepEqual(Object.keys(asked), Object.keys(given));
    const nonsense = await (await door('conference', { method: 'POST', headers: word, body: new URLSearchParams({ name: 'red', start_time: 'yesterday' }) })).json() as Record<string, unknown>;
    assert.ok(Math.abs(Date.parse(String(nonsense['start_time'])) - world.clock.now()) < 10_000);
    const leg = await world.enter('red', { name: 'Ann', isHost: false });
    await world.leave(leg ?? '');
    await world.until('the end was told', () => ended.length > 0);
    assert.deepEqual(ended, ['red']);
  });

  it('a room that is in use already is a conflict first, and given when Prosody asks for it by its name', async () => {
    const again = await jitsiWorld({ admission: (clock) => onlyAdmission({
      decideForRoom: async () => ({ open: true, conferenceId: 'a'.repeat(26), host: 'anna@example.com', until: clock.now() + hour, maxMembers: 25, isInUse: true }), roomEnded: async () => undefined,
    }) });
    assert.ok(await again.enter('red', { name: 'Ann', isHost: false }));
    assert.deepEqual(again.jitsi.log.lines.filter(({ direction }) => direction === '>').map(({ text }) => text.split(' ').slice(0, 2).join(' ')), ['POST /conference', 'GET /conference/red']);
    await again.stop();
  });

  it('a room whose time ran out is ended by Prosody, which does not tell: our row has its own alarm', async () => {
    assert.ok(await world.enter('red', { name: 'Ann', isHost: false }));
    world.clock.advance(hour + 2 * 60_000);
    await world.until('it is gone', () => world.jitsi.rooms.find('red') === undefined);
    assert.deepEqual(ended, []);
  });

  it('nobody reserves, ends or looks a code up without our word', async () => {
    const tries: [string, RequestInit][] = [
      ['conference', { method: 'POST', body: new URLSearchParams({ name: 'red' }) }],
      ['conference', { method: 'POST', headers: { Authorization: 'Bearer something else' }, body: new URLSearchParams({ name: 'red' }) }],
      ['conference', { method: 'POST', headers: { Authorization: secrets.reservations }, body: new URLSearchParams({ name: 'red' }) }],
      ['conference/red', { method: 'DELETE' }], ['conference/red', {}], ['conference-mapper?id=482913756', {}],
    ];
    for (const [path, init] of tries) assert.equal((await door(path, init)).status, 401, `${init.method ?? 'GET'} ${path}`);
    assert.deepEqual([asked, ended], [[], []]);
  });

  it('a reservation that is shown again is decided again, and opens nothing that is over', async () => {
    const again = () => door('conference', { method: 'POST', headers: word, body: new URLSearchParams({ name: 'red', start_time: new Date(world.clock.now()).toISOString(), mail_owner: 'x' }) });
    assert.equal((await again()).status, 200);
    isOpen = false;
    const refused = await again();
    assert.deepEqual([refused.status, await refused.json()], [403, { message: 'Diese Konferenz ist vorbei.' }]);
  });

  it('names of rooms that are none reach nobody: line breaks, NUL, paths, quotes, other rooms', async () => {
    for (const name of ['red\r\nX: y', 'red\0', '../red', 'red/../../x', '[other]red', 'a"b', '', 'ре́д', 'blue']) {
      const answer = await door('conference', { method: 'POST', headers: word, body: new URLSearchParams({ name, start_time: '\r\n', mail_owner: '\0' }) });
      assert.equal(answer.status, 404, JSON.stringify(name));
    }
    assert.equal((await door('conference', { method: 'POST', headers: word, body: 'no form % at all \0' })).status, 404);
    assert.equal((await door('conference/%0d%0a', { method: 'DELETE', headers: word })).status, 200);
    assert.deepEqual(ended, []);
    assert.deepEqual([...new Set(asked.map(({ room }) => room))].toSorted(), ['', 'blue']);
    for (const name of ['Ann\r\nX-Evil: 1', 'A\0nn', '"<script>', 'x'.repeat(5_000)]) {
      const joined = await open(tokenOf(await world.bridge.joinLink(pass({ name }))));
      assert.ok(joined.endpoint);
      const listed = (await world.bridge.participants('red')).find((each) => each.leg === joined.endpoint)?.name ?? '';
      assert.ok(!/[\r\n\0]/.test(listed) && listed.length <= 80, JSON.stringify(name));
    }
  });

  it('its page is told the numbers and the code of its room, jigasi the room of a code; guesses are decided by Admission', async () => {
    const numbers = await door('phone-numbers');
    assert.equal(numbers.headers.get('access-control-allow-origin'), `https://${domain}`);
    assert.deepEqual(await numbers.json(), { message: 'Phone numbers available.', numbers: { DE: ['+493023125400', '+4940123456'], GB: ['+442079460400'] }, numbersEnabled: true });
    assert.deepEqual(await (await door(`conference-mapper?conference=red@conference.${domain}`)).json(), { message: 'Successfully retrieved conference mapping', id: 482913756, conference: `red@conference.${domain}` });
    assert.equal((await (await door('conference-mapper?conference=blue@conference.elsewhere')).json() as { conference: unknown }).conference, false);
    assert.deepEqual(await (await door('conference-mapper?id=482913756', { headers: word })).json(), { message: 'Successfully retrieved conference mapping', id: 482913756, conference: `red@conference.${domain}` });
    assert.equal((await (await door('conference-mapper?id=111111111%0d%0a', { headers: word })).json() as { conference: unknown }).conference, false);
    assert.deepEqual(asked.filter((each) => each.code !== undefined), [{ room: '', code: '482913756' }, { room: '', code: '111111111' }]);
  });

  it('bounds a slow Prosody and one that takes connections and says nothing, and says so', async () => {
    for (const break_ of [() => world.jitsi.faults.slow(60_000), () => world.jitsi.faults.halfOpen()]) {
      const mend = break_();
      await assert.rejects(world.through(world.bridge.participants('red')), (error: TheirError) => error.fault === 'no-answer' && error.passing);
      await world.until('it is noticed', () => world.connector.status().state === 'down');
      mend();
      await world.until('it is back', () => world.connector.status().state === 'ready');
    }
  });

  it('counts again what Prosody lost at a kill -9, and asks anew for the room', async () => {
    assert.ok(await world.enter('red', { name: 'Ann', isHost: false }));
    world.jitsi.faults.restart();
    assert.equal(await world.bridge.occupancy('red'), 0);
    assert.deepEqual(await world.bridge.liveRooms(), []);
    assert.ok(await world.enter('red', { name: 'Ann', isHost: false }));
    assert.equal(asked.filter(({ room }) => room === 'red').length, 2);
  });

  it('an answer that is no census is not taken for nobody', async () => {
    const { createHttp } = await import('../../server/connectors/jitsi/client/http.ts');
    const { createProsody } = await import('../../server/connectors/jitsi/client/prosody.ts');
    const http = createHttp({ connector: 'meet', clock: world.clock, deadlineMs: 5_000, ca: undefined });
    const prosody = createProsody({ connector: 'meet', http, url: `${world.doors}/phone-numbers?`, domain, systemToken: async () => null });
    await assert.rejects(prosody.census(), (error: TheirError) => error.fault === 'unreadable');
    await assert.rejects(prosody.endMeeting('red'), (error: TheirError) => error.fault === 'refused' && /keyEnv/.test(error.remedy ?? ''));
    await http.close();
  });

  it('without Prosody\'s plugins it counts nobody, and says what that costs', async () => {
    const bare = await jitsiWorld({ config: { prosody: undefined, url: world.doors.replace('127.0.0.1', 'localhost'), domain } });
    const { capabilities } = bare.bridge;
    assert.deepEqual([capabilities.participants, capabilities.kick, capabilities.end, await bare.bridge.occupancy('red')], [false, false, false, null]);
    await bare.through(bare.bridge.close('red'));
    assert.deepEqual(bare.connector.status().gaps.map((gap) => gap.capability), ['participants']);
    await bare.stop();
  });

  it('shows no secret in its state', () => {
    const shown = JSON.stringify(world.connector.status());
    for (const secret of [secrets.app, secrets.reservations, secrets.key]) assert.equal(shown.includes(secret), false);
  });
});
