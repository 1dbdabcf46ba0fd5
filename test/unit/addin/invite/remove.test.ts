import assert from 'node:assert/strict';
import { putConference } from '../../../../addin/invite/put.ts';
import { readInvite } from '../../../../addin/invite/read.ts';
import { removeConference } from '../../../../addin/invite/remove.ts';
import { TalkFault } from '../../../../addin/talk/fault.ts';
import { block, id, joinBase } from '../../invitation/sample.ts';
import { installOffice, makeOffice, showAnother } from '../office-double.ts';
import type { DoubleOptions, OfficeDouble } from '../office-double.ts';
import { makeServer } from './server-double.ts';
import type { ServerDouble } from './server-double.ts';

const pressed = { idempotencyKey: 'ac2fb1a8-57ad-4a31-9c35-0b7b0f3a3c11', language: 'en' };

describe('Remove conference, and reading what is there', () => {
  let server: ServerDouble;
  let office: OfficeDouble;
  let remove: () => void;

  function open(options: DoubleOptions): void {
    office = makeOffice(options);
    remove = installOffice(office);
  }

  beforeEach(() => {
    server = makeServer();
  });
  afterEach(() => remove());

  it('leaves the invite byte for byte as it was before Add, and gives the conference back', async () => {
    const rooms = [{ id: 'Room 4.12', type: 'room' as const }];
    open({ body: '<p>Hi</p>', places: [...rooms] });
    await putConference(server, pressed);
    assert.equal(office.places.length, 2);
    const outcome = await removeConference(server);
    assert.equal(outcome.done, 'removed');
    assert.equal(office.body, '<p>Hi</p>');
    assert.deepEqual(office.places, rooms);
    assert.equal(office.properties.size, 0);
    assert.equal(office.session.get('tieline.conference'), '');
    assert.match(server.asked.at(-1) ?? '', /^release/);
  });

  it('works with the server away: the calendar tells it later', async () => {
    open({ body: `<p>Hi</p>${block.html}`, location: `Room; ${joinBase}${id}`, mailbox: 1.5 });
    server.before = () => {
      throw new TalkFault('offline', 'x');
    };
    assert.equal((await removeConference(server)).done, 'removed');
    assert.equal(office.body, '<p>Hi</p>');
    assert.equal(office.location, 'Room');
  });

  it('takes nothing out of another item that came in its place while the server was asked', async () => {
    open({ body: `<p>Hi</p>${block.html}` });
    const before = office.body;
    server.before = (call) => {
      if (call.startsWith('read')) showAnother(office);
    };
    assert.equal((await removeConference(server)).done, 'nothing');
    assert.equal(office.body, before);
  });

  it('an item that comes in its place once the text is out keeps its own place and ticket', async () => {
    open({ body: `<p>Hi</p>${block.html}`, location: `Room; ${joinBase}${id}`, mailbox: 1.5 });
    office.properties.set('tieline.conference', 'of the other');
    office.after = (call) => {
      if (call === 'body.setAsync') showAnother(office);
    };
    assert.equal((await removeConference(server)).done, 'removed');
    assert.deepEqual([office.body, office.location, office.properties.get('tieline.conference')], ['<p>Hi</p>', `Room; ${joinBase}${id}`, 'of the other']);
  });

  it('says when there was none', async () => {
    open({ body: '<p>Hi</p>' });
    assert.deepEqual(await removeConference(server), { done: 'none', invite: undefined });
    assert.deepEqual(server.asked, []);
  });

  it('takes an address away that stands in the location alone', async () => {
    open({ body: '<p>Hi</p>', location: `${joinBase}${id}`, mailbox: 1.5 });
    await removeConference(server);
    assert.equal(office.location, '');
  });

  it('leaves everything when Outlook refuses the write', async () => {
    const body = `<p>Hi</p>${block.html}`;
    open({ body, fail: { 'body.setAsync': 9020 } });
    const outcome = await removeConference(server);
    assert.equal(outcome.done, 'nothing');
    assert.equal(office.body, body);
    assert.ok(!server.asked.some((call) => call.startsWith('release')));
  });

  it('reads: nothing, whole, damaged, copied, unreachable', async () => {
    open({ body: '<p>Hi</p>' });
    assert.equal((await readInvite(server)).id, undefined);
    assert.deepEqual(server.asked, [], 'an invite without a conference asks nobody');
    await putConference(server, pressed);
    const whole = office.body;
    const state = await readInvite(server);
    assert.deepEqual([state.damaged, state.copied, state.invite?.conference.state], [false, false, 'held']);
    office.body = whole.replace(/<br>Access code.*?#/, '');
    assert.equal((await readInvite(server)).damaged, true);
    office.body = block.html;
    assert.equal((await readInvite(server)).copied, true);
    server.before = () => {
      throw new TalkFault('offline', 'x');
    };
    const away = await readInvite(server);
    assert.deepEqual([away.id, away.trouble?.kind, away.copied], [id, 'unreachable', false]);
  });
});
