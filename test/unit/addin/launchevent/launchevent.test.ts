import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { parse } from 'acorn';
import { block, id, joinBase } from '../../invitation/sample.ts';
import { makeOffice } from '../office-double.ts';
import type { DoubleOptions, OfficeDouble } from '../office-double.ts';
import { outlookCodes } from '../outlook-codes.ts';
import { bundle, startEngine } from './bare-engine.ts';
import type { Engine, Server } from './bare-engine.ts';

const key = 'tieline.conference';
const api = 'https://tieline.example.com';

function record(over: object = {}): string {
  return JSON.stringify({ api, id, ticket: '1.abcdef01.ticket', ticketExpiresAt: 1, ...over });
}

const invite: DoubleOptions = { body: `<p>Hi</p>${block.html}` };
const fine: Server = () => ({ status: 200, body: { conference: {}, ticket: { value: 'fresh', expiresAt: '2026-12-21T00:00:00Z' } } });

function withTicket(options: DoubleOptions = invite): OfficeDouble {
  const double = makeOffice(options);
  double.session.set(key, record());
  return double;
}

describe('send handler in an engine without window and document', () => {
  it('allows an invite without a conference at once and asks nobody', async () => {
    const engine = await startEngine(makeOffice({ body: '<p>Hi</p>', location: 'Room 4.12' }), fine);
    const started = process.hrtime.bigint();
    assert.deepEqual(await engine.raise('onAppointmentSend'), { allowEvent: true });
    assert.ok(Number(process.hrtime.bigint() - started) < 100e6, 'within 100 ms');
    assert.deepEqual(engine.requests, []);
    assert.deepEqual(engine.timers, [], 'nothing keeps the engine awake');
  });

  it('books with the send ticket, and says what the invite says', async () => {
    const engine = await startEngine(withTicket(), fine);
    assert.deepEqual(await engine.raise('onAppointmentSend'), { allowEvent: true });
    const [asked] = engine.requests;
    assert.equal(engine.requests.length, 1);
    assert.equal(asked?.address, `${api}/api/v1/conferences/${id}/invite`);
    assert.equal(asked?.method, 'PUT');
    assert.equal(asked?.headers['Tieline-Ticket'], '1.abcdef01.ticket');
    assert.equal(asked?.headers['authorization'], undefined);
    const { timeZone, ...facts } = Object(asked?.body);
    assert.equal(typeof timeZone, 'string');
    assert.deepEqual(facts, {
      attendees: [{ name: 'Jonas Weber', address: 'jonas.weber@example.com' }],
      subject: 'Weekly logistics',
      startsAt: '2026-11-21T10:00:00.000Z',
      endsAt: '2026-11-21T10:45:00.000Z',
      isSeries: false,
    });
  });

  it('finds the ticket in the custom properties when the session is a new one', async () => {
    const double = makeOffice(invite);
    double.properties.set(key, record());
    const engine = await startEngine(double, fine);
    await engine.raise('onAppointmentSend');
    assert.equal(engine.requests[0]?.headers['Tieline-Ticket'], '1.abcdef01.ticket');
  });

  const bodies: [string, DoubleOptions][] = [
    ['plain', { body: `Hi\r\n\r\n${block.text}`, format: 'text' }],
    ['half deleted', { body: block.html.slice(0, block.html.indexOf(id) + id.length) }],
    ['of which only the end is left', { body: block.html.slice(block.html.lastIndexOf(`${joinBase}${id}`) - 9) }],
    ['with two blocks', { body: `${block.html}${block.html}` }],
    ['with the block of somebody else before ours', { body: `<p><a href="https://teams.microsoft.com/l/meetup-join/19%3ameeting">Teams</a></p>${block.html}` }],
    ['of 1 MB', { body: `${'<p>words of a person</p>'.repeat(40_000)}${block.html}` }],
  ];
  for (const [name, options] of bodies) {
    it(`books the one conference of a text ${name}`, async () => {
      const engine = await startEngine(withTicket(options), fine);
      await engine.raise('onAppointmentSend');
      assert.deepEqual(engine.requests.map(({ method, address }) => [method, address]), [['PUT', `${api}/api/v1/conferences/${id}/invite`]]);
    });
  }

  it('asks nobody about a text with the block of somebody else alone, nor about an empty one', async () => {
    for (const body of ['', '<p><a href="https://zoom.us/j/9">Zoom</a></p>', `<p>${joinBase.replace('https', 'ftp')}</p>`]) {
      const engine = await startEngine(makeOffice({ body }), fine);
      assert.deepEqual(await engine.raise('onAppointmentSend'), { allowEvent: true });
      assert.deepEqual(engine.requests, []);
    }
  });

  it('finds a conference that stands in the location alone', async () => {
    const double = withTicket({ body: '<p>Hi</p>', location: `Room; ${joinBase}${id}` });
    const engine = await startEngine(double, fine);
    await engine.raise('onAppointmentSend');
    assert.equal(engine.requests.length, 1);
  });

  it('shows the ticket whatever this computer\'s clock says of its end: the server knows what time it is', async () => {
    for (const ticketExpiresAt of [Date.parse('1970-01-02'), Date.parse('2099-01-01')]) {
      const double = makeOffice(invite);
      double.session.set(key, record({ ticketExpiresAt }));
      const engine = await startEngine(double, fine);
      assert.deepEqual(await engine.raise('onAppointmentSend'), { allowEvent: true });
      assert.equal(engine.requests[0]?.headers['Tieline-Ticket'], '1.abcdef01.ticket');
    }
  });

  it('never shows a ticket of another conference', async () => {
    const double = makeOffice(invite);
    double.session.set(key, record({ id: 'abcdefghijklmnopqrstuvwxyz' }));
    const engine = await startEngine(double, fine, { location: { origin: 'https://addin.example.com' } });
    assert.deepEqual(await engine.raise('onAppointmentSend'), { allowEvent: true });
    assert.deepEqual(engine.requests.filter((asked) => 'Tieline-Ticket' in asked.headers), []);
  });

  it('uses a token of Office where there is no ticket', async () => {
    const engine = await startEngine(makeOffice({ ...invite, token: 'office-token' }), fine, { location: { origin: 'https://addin.example.com' } });
    await engine.raise('onAppointmentSend');
    assert.equal(engine.requests[0]?.address, `https://addin.example.com/api/v1/conferences/${id}/invite`);
    assert.equal(engine.requests[0]?.headers['authorization'], 'Bearer office-token');
  });

  it('without ticket, token or address the invite goes, and the bar says that the booking follows', async () => {
    for (const more of [{}, { location: { origin: 'https://addin.example.com' } }, { location: { origin: 'http://evil.example' } }]) {
      const double = makeOffice(invite);
      const engine = await startEngine(double, fine, more);
      assert.deepEqual(await engine.raise('onAppointmentSend'), { allowEvent: true });
      assert.deepEqual(engine.requests, []);
      assert.match(double.bar[0]?.message ?? '', /^Your invite went out, the booking follows\./);
    }
  });

  for (const [name, server] of [['refuses', () => ({ status: 409 })], ['refuses the ticket', () => ({ status: 401 })], ['fails', () => ({ status: 500 })]] as const) {
    it(`lets the invite go when the server ${name}`, async () => {
      const double = withTicket({ ...invite, language: 'de-DE' });
      const engine = await startEngine(double, server);
      assert.deepEqual(await engine.raise('onAppointmentSend'), { allowEvent: true });
      assert.match(double.bar[0]?.message ?? '', /^Ihre Einladung ist unterwegs/);
    });
  }

  /** Sends, lets the engine's time pass in small steps, and says at which ms the invite was decided, and how. */
  async function decided(double: OfficeDouble, server: Server, more: object = {}): Promise<{ at: number; verdict: object | undefined; engine: Engine }> {
    const engine = await startEngine(double, server, more);
    const said: object[] = [];
    void engine.raise('onAppointmentSend').then((answer) => said.push({ ...answer }));
    let at = 0;
    for (;;) {
      // Calls of Outlook take turns of the machine, and none of the engine's time.
      for (let turn = 0; turn < 30 && said.length === 0; turn += 1) await engine.advance(0);
      if (said.length > 0 || at >= 6000) return { at, verdict: said[0], engine };
      at += 50;
      await engine.advance(50);
    }
  }

  const proofs: [string, () => OfficeDouble, object][] = [
    ['the ticket', () => withTicket(), {}],
    ['a token of Office', () => makeOffice({ ...invite, token: 'office-token' }), { location: { origin: 'https://addin.example.com' } }],
  ];
  for (const [proof, office, more] of proofs) {
    it(`is booked in under 1 s with ${proof} against a server that takes 300 ms, and nothing stays behind`, async () => {
      const double = office();
      const { at, verdict, engine } = await decided(double, () => ({ status: 200, body: { conference: {} }, afterMs: 300 }), more);
      assert.deepEqual(verdict, { allowEvent: true });
      assert.ok(at >= 300 && at < 1000, `decided after ${at} ms`);
      assert.deepEqual(engine.requests.map(({ method }) => method), ['PUT']);
      assert.deepEqual([double.bar, engine.timers], [[], []], 'booked: no word of a booking that follows, no timer');
    });
  }

  for (const afterMs of [1000, 3700, 3900, 4600, 60_000]) {
    it(`decides before 5 s when the server takes ${afterMs} ms${afterMs > 3800 ? ', and says that the booking follows' : ''}`, async () => {
      const double = withTicket();
      const { at, verdict } = await decided(double, () => ({ status: 200, body: {}, afterMs }));
      assert.deepEqual(verdict, { allowEvent: true });
      assert.ok(at < 5000, `decided after ${at} ms`);
      assert.equal(double.bar.length, afterMs > 3800 ? 1 : 0);
    });
  }

  it('decides before 5 s when the server never answers', async () => {
    const engine = await startEngine(withTicket(), () => 'never');
    let decided: object | undefined;
    void engine.raise('onAppointmentSend').then((answer) => {
      decided = answer;
    });
    for (let turn = 0; turn < 30; turn += 1) await engine.advance(0);
    await engine.advance(3700);
    assert.equal(decided, undefined, 'the server gets its time');
    for (let turn = 0; turn < 12; turn += 1) await engine.advance(100);
    assert.deepEqual(decided, { allowEvent: true });
  });

  for (const silent of ['body.getAsync', 'subject.getAsync', 'sessionData.getAsync', 'loadCustomPropertiesAsync', 'notificationMessages.replaceAsync']) {
    it(`decides before 5 s when Outlook never answers ${silent}`, async () => {
      const double = withTicket({ ...invite, fail: { [silent]: -1 } });
      const engine = await startEngine(double, () => ({ status: 500 }));
      let decided: object | undefined;
      void engine.raise('onAppointmentSend').then((answer) => {
        decided = answer;
      });
      for (let turn = 0; turn < 30; turn += 1) await engine.advance(0);
      for (let turn = 0; turn < 48; turn += 1) await engine.advance(100);
      assert.deepEqual(decided, { allowEvent: true });
    });
  }

  for (const code of outlookCodes) {
    it(`lets the invite go when Outlook fails with ${code}`, async () => {
      for (const call of ['body.getAsync', 'subject.getAsync', 'start.getAsync', 'requiredAttendees.getAsync', 'loadCustomPropertiesAsync']) {
        const engine = await startEngine(withTicket({ ...invite, fail: { [call]: code } }), fine);
        assert.deepEqual(await engine.raise('onAppointmentSend'), { allowEvent: true }, call);
      }
    });
  }

  it('lets the invite go when there is no item any more', async () => {
    const engine = await startEngine(makeOffice({ shown: false }), fine);
    assert.deepEqual(await engine.raise('onAppointmentSend'), { allowEvent: true });
  });

  it('works in an Outlook of Mailbox 1.5, which has no session data', async () => {
    const double = makeOffice({ ...invite, mailbox: 1.5 });
    double.properties.set(key, record());
    const engine = await startEngine(double, fine);
    assert.deepEqual(await engine.raise('onAppointmentSend'), { allowEvent: true });
    assert.equal(engine.requests.length, 1);
    assert.ok(!double.calls.some((call) => call.startsWith('sessionData') || call.startsWith('recurrence')));
  });
});

describe('opening an appointment', () => {
  it('renews the ticket of a sent invite, so that it goes weeks later without pane and sign-in', async () => {
    const double = makeOffice(invite);
    double.properties.set(key, record({ ticket: 'old' }));
    const engine = await startEngine(double, fine);
    await engine.raise('onAppointmentOrganizer');
    assert.equal(engine.requests[0]?.address, `${api}/api/v1/conferences/${id}/ticket`);
    assert.equal(engine.requests[0]?.headers['Tieline-Ticket'], 'old');
    for (const kept of [double.session.get(key), double.properties.get(key)]) {
      assert.deepEqual(JSON.parse(kept ?? ''), { api, id, ticket: 'fresh', ticketExpiresAt: Date.parse('2026-12-21T00:00:00Z') });
    }
    double.startsAt = new Date('2026-11-23T09:00:00Z');
    await engine.raise('onAppointmentTimeChanged');
    await engine.raise('onAppointmentSend');
    const sent = engine.requests.at(-1);
    assert.deepEqual([sent?.method, sent?.headers['Tieline-Ticket'], Object(sent?.body).startsAt], ['PUT', 'fresh', '2026-11-23T09:00:00.000Z']);
  });

  it('asks nobody for an appointment without a conference', async () => {
    const engine = await startEngine(makeOffice({ body: '' }), fine);
    for (const name of ['onNewAppointmentOrganizer', 'onAppointmentOrganizer', 'onAppointmentAttendeesChanged', 'onAppointmentTimeChanged', 'onAppointmentRecurrenceChanged']) {
      assert.equal(await engine.raise(name), undefined);
    }
    assert.deepEqual(engine.requests, []);
  });

  it('keeps the old record when the server refuses a new ticket', async () => {
    const double = makeOffice(invite);
    double.properties.set(key, record({ ticket: 'old' }));
    const engine = await startEngine(double, () => ({ status: 401 }));
    await engine.raise('onAppointmentOrganizer');
    assert.equal(JSON.parse(double.properties.get(key) ?? '').ticket, 'old');
  });
});

describe('the file itself', () => {
  /** Every kind of syntax that occurs. */
  function kinds(node: unknown, found = new Set<string>()): Set<string> {
    if (Array.isArray(node)) for (const child of node) kinds(child, found);
    else if (typeof node === 'object' && node !== null) {
      if ('type' in node && typeof node.type === 'string') found.add(node.type);
      for (const child of Object.values(node)) kinds(child, found);
    }
    return found;
  }

  it('is ES2015, without the conditional operator that engines before 2403 stumble over', async () => {
    const found = kinds(parse(await bundle(), { ecmaVersion: 2015 }));
    assert.ok(!found.has('ConditionalExpression'));
    assert.ok(!found.has('YieldExpression'), 'no async function in disguise');
  });

  it('answers every event that the manifest names', async () => {
    const manifest = await readFile(new URL('../../../../manifest.xml', import.meta.url), 'utf8');
    const named = [...manifest.matchAll(/<LaunchEvent [^>]*FunctionName="(\w+)"/g)].map((match) => match[1]);
    const double = makeOffice();
    await startEngine(double, fine);
    assert.equal(named.length, 6);
    assert.deepEqual([...double.functions.keys()].toSorted(), named.map(String).toSorted());
  });
});
