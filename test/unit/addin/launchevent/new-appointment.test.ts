import assert from 'node:assert/strict';
import { newAppointmentWish, rememberNewAppointment } from '../../../../addin/office/new-appointment-wish.ts';
import { pressKey } from '../../../../addin/launchevent/add.ts';
import { block, id, joinBase } from '../../invitation/sample.ts';
import { installOffice, makeOffice } from '../office-double.ts';
import type { DoubleOptions, OfficeDouble } from '../office-double.ts';
import { startEngine } from './bare-engine.ts';
import type { Asked, Server } from './bare-engine.ts';

const api = 'https://tieline.example.com';
const ticket = { value: '1.ticket', expiresAt: '2026-12-21T00:00:00Z' };
const held: Server = () => ({ status: 200, body: { conference: { id, joinUrl: joinBase + id }, block, ticket } });

/** The mailbox of somebody who wants a conference in each new appointment. */
function wishing(options: DoubleOptions = {}): OfficeDouble {
  const double = makeOffice({ body: '<p>Best regards</p>', token: 'office-token', ...options });
  double.roaming.set('tieline.new-appointment', api);
  return double;
}

describe('a new appointment, in an engine without window and document', () => {
  it('of somebody who wants none asks nobody and touches nothing', async () => {
    const double = makeOffice({ body: '<p>Best regards</p>', token: 'office-token' });
    const engine = await startEngine(double, held);
    await engine.raise('onNewAppointmentOrganizer');
    assert.deepEqual([engine.requests, double.calls, engine.timers], [[], [], []]);
  });

  for (const strange of [undefined, '', 'http://plain.example.com', 7, { api }]) {
    it(`takes ${JSON.stringify(strange) ?? 'nothing'} in the mailbox for no wish`, async () => {
      const double = wishing();
      double.roaming.set('tieline.new-appointment', strange);
      const engine = await startEngine(double, held);
      await engine.raise('onNewAppointmentOrganizer');
      assert.deepEqual(engine.requests, []);
    });
  }

  it('gets one conference below what stands there, with the ticket for its sending', async () => {
    const double = wishing({ language: 'de-DE' });
    const engine = await startEngine(double, held);
    await engine.raise('onNewAppointmentOrganizer');
    const [asked] = engine.requests;
    assert.deepEqual([engine.requests.length, asked?.address, asked?.method, asked?.headers['authorization'], asked?.headers['accept-language']], [1, `${api}/api/v1/conferences`, 'POST', 'Bearer office-token', 'de-DE']);
    assert.match(String(Object(asked?.body).idempotencyKey), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
    assert.equal(Object(asked?.body).language, undefined, 'the person has set it on the server');
    assert.ok(double.body.startsWith('<p>Best regards</p>') && double.body.includes(joinBase + id));
    assert.deepEqual(JSON.parse(double.session.get('tieline.conference') ?? ''), { api, id, ticket: ticket.value, ticketExpiresAt: Date.parse(ticket.expiresAt) });
    assert.deepEqual([double.bar, engine.timers], [[], []]);
  });

  it('that has a link already (a copy, New conference from a mail) is left alone', async () => {
    const engine = await startEngine(wishing({ body: `<p>Hi</p>${block.html}` }), held);
    await engine.raise('onNewAppointmentOrganizer');
    assert.deepEqual(engine.requests, []);
  });

  it('whose button was pressed meanwhile keeps that conference, and ours is given back', async () => {
    const double = wishing();
    const engine = await startEngine(double, (asked) => {
      double.body = `<p>Best regards</p>${block.html}`;
      return held(asked);
    });
    await engine.raise('onNewAppointmentOrganizer');
    assert.deepEqual(engine.requests.map(({ method }) => method), ['POST', 'DELETE']);
    assert.equal(double.body.split(`href="${joinBase}${id}"`).length, 2, 'one block');
  });

  const failures: [string, DoubleOptions, Server, string[]][] = [
    ['nobody signed in', { token: new Error('13001') }, held, []],
    ['the server away', {}, () => ({ status: 503 }), ['POST']],
    ['an answer that is not ours', {}, () => ({ status: 200, body: { conference: { id: 7 } } }), ['POST']],
    ['a body that cannot be read', { fail: { 'body.getAsync': 9020 } }, held, []],
    ['a body that cannot be written', { fail: { 'body.setAsync': 9020 } }, held, ['POST', 'DELETE']],
    ['an item that is gone', { shown: false }, held, []],
  ];
  for (const [name, options, server, asked] of failures) {
    it(`with ${name} stays as it was, says so, and is let go`, async () => {
      const double = wishing(options);
      const engine = await startEngine(double, server);
      await engine.raise('onNewAppointmentOrganizer');
      assert.deepEqual(engine.requests.map(({ method }: Asked) => method), asked);
      assert.equal(double.body, '<p>Best regards</p>');
      if (options.shown !== false) assert.match(double.bar.at(-1)?.message ?? '', /^The conference was not added/);
      assert.deepEqual(engine.timers, []);
    });
  }

  it('with a server that never answers is let go after fifteen seconds', async () => {
    const double = wishing();
    const engine = await startEngine(double, () => 'never');
    const raised = engine.raise('onNewAppointmentOrganizer');
    for (let turns = 0; turns < 50 && engine.requests.length === 0; turns++) await engine.advance(0);
    await engine.advance(15_000);
    await raised;
    assert.match(double.bar.at(-1)?.message ?? '', /^The conference was not added/);
  });

  it('is told apart from another by a key that differs', () => {
    let seed = 0.1;
    const next = (): number => (seed = (seed * 7.3 + 0.01) % 1);
    assert.equal(new Set(Array.from({ length: 50 }, () => pressKey(next))).size, 50);
  });
});

describe('the wish for a conference in each new appointment', () => {
  let double: OfficeDouble;
  let leave: () => void;
  beforeEach(() => {
    double = makeOffice();
    leave = installOffice(double);
  });
  afterEach(() => leave());

  it('is laid in the mailbox and taken away, written only when it changes', async () => {
    await rememberNewAppointment(false, api);
    assert.deepEqual(double.calls, []);
    await rememberNewAppointment(true, api);
    await rememberNewAppointment(true, api);
    assert.deepEqual([newAppointmentWish(), double.calls.length], [{ api }, 1]);
    await rememberNewAppointment(false, api);
    assert.deepEqual([newAppointmentWish(), double.calls.length], [undefined, 2]);
  });
  it('follows a server that moved', async () => {
    await rememberNewAppointment(true, api);
    await rememberNewAppointment(true, 'https://new.example.com');
    assert.deepEqual(newAppointmentWish(), { api: 'https://new.example.com' });
  });
  it('that cannot be kept disturbs nobody', async () => {
    double.fail['roamingSettings.saveAsync'] = 9019;
    await rememberNewAppointment(true, api);
  });
});
