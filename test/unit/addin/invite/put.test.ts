import assert from 'node:assert/strict';
import { putConference, renewBlock, restoreBlock } from '../../../../addin/invite/put.ts';
import type { PutOptions } from '../../../../addin/invite/put.ts';
import { holdItem } from '../../../../addin/office/item.ts';
import { findBlocks } from '../../../../invitation/index.ts';
import { block, id, joinBase, otherBlock, otherId } from '../../invitation/sample.ts';
import { installOffice, makeOffice, showAnother } from '../office-double.ts';
import type { DoubleOptions, OfficeDouble } from '../office-double.ts';
import { failures, makeServer } from './server-double.ts';
import type { ServerDouble } from './server-double.ts';

const pressed: PutOptions = { idempotencyKey: 'ac2fb1a8-57ad-4a31-9c35-0b7b0f3a3c11', language: 'en' };

describe('Add conference', () => {
  let server: ServerDouble;
  let office: OfficeDouble;
  let remove: () => void;

  function open(options: DoubleOptions): void {
    office = makeOffice(options);
    remove = installOffice(office);
  }

  function blocks() {
    return findBlocks(office.body, 'html', joinBase);
  }

  beforeEach(() => {
    server = makeServer();
  });
  afterEach(() => remove());

  it('reserves one, writes text and location, and lays the ticket where the send handler finds it', async () => {
    open({ body: '<p>Hi all</p>', location: 'Room 4.12' });
    const outcome = await putConference(server, pressed);
    assert.equal(outcome.done, 'added');
    assert.deepEqual(server.asked, ['hold']);
    assert.equal(server.held[0]?.idempotencyKey, pressed.idempotencyKey);
    assert.equal(server.held[0]?.subject, 'Weekly logistics');
    const [found] = blocks();
    assert.ok(office.body.startsWith('<p>Hi all</p>'));
    assert.deepEqual(office.places, [{ id: joinBase + found?.id, type: 'custom' }], 'a room keeps its link to Exchange: only our place is added');
    const kept = JSON.parse(office.session.get('tieline.conference') ?? '');
    assert.deepEqual(kept, { api: server.origin, id: found?.id, ticket: '1.ticket', ticketExpiresAt: Date.parse('2026-12-21T00:00:00Z') });
    assert.equal(office.properties.get('tieline.conference'), JSON.stringify(kept));
  });

  it('writes the line where Outlook knows no single places', async () => {
    open({ body: '', location: 'Room 4.12', mailbox: 1.5 });
    await putConference(server, pressed);
    assert.equal(office.location, `Room 4.12; ${joinBase}${blocks()[0]?.id}`);
    assert.equal(office.session.size, 0, 'Mailbox 1.5 has no session data');
    assert.equal(office.properties.size, 1);
  });

  it('writes plain text into a plain text invite', async () => {
    open({ body: 'Hi\r\n', format: 'text' });
    await putConference(server, pressed);
    assert.ok(office.body.startsWith('Hi\r\n\r\n\r\n-----'));
  });

  it('pressed again changes nothing and reserves nothing', async () => {
    open({ body: '<p>Hi</p>' });
    await putConference(server, pressed);
    const before = office.body;
    const outcome = await putConference(server, { ...pressed, idempotencyKey: 'another' });
    assert.equal(outcome.done, 'current');
    assert.equal(office.body, before);
    assert.equal(server.held.length, 1);
  });

  it('repairs a block that lost a line', async () => {
    open({ body: '<p>Hi</p>' });
    await putConference(server, pressed);
    const whole = office.body;
    office.body = whole.replace(/<br>Access code.*?#/, '');
    const outcome = await putConference(server, pressed);
    assert.equal(outcome.done, 'renewed');
    assert.equal(office.body, whole);
  });

  it('gives a copied meeting a conference of its own', async () => {
    open({ body: `<p>Hi</p>${otherBlock.html}` });
    const outcome = await putConference(server, pressed);
    assert.equal(outcome.done, 'added');
    assert.equal(blocks().length, 1);
    assert.notEqual(blocks()[0]?.id, otherId);
  });

  it('takes a new one when that is asked for, although the old one is ours', async () => {
    open({ body: `<p>Hi</p>${block.html}` });
    server.conferences.set(id, { state: 'scheduled', language: 'en' });
    const outcome = await putConference(server, { ...pressed, fresh: true });
    assert.equal(outcome.done, 'added');
    assert.notEqual(blocks()[0]?.id, id);
  });

  it('keeps what the person typed while the server was asked', async () => {
    open({ body: '<p>Hi</p>' });
    server.before = (call) => {
      if (call === 'hold') office.body = '<p>Hi</p><p>typed meanwhile</p>';
    };
    await putConference(server, pressed);
    assert.ok(office.body.startsWith('<p>Hi</p><p>typed meanwhile</p>'));
  });

  it('takes the conference of another pane that was faster, and gives its own back', async () => {
    open({ body: '<p>Hi</p>' });
    server.conferences.set(id, { state: 'held', language: 'en' });
    server.before = (call) => {
      if (call === 'hold') office.body = `<p>Hi</p>${block.html}`;
    };
    const outcome = await putConference(server, pressed);
    assert.equal(outcome.done, 'renewed');
    assert.deepEqual(blocks().map((found) => found.id), [id]);
    assert.ok(server.asked.some((call) => call.startsWith('release k7v3')));
  });

  it('reports a conference of somebody else and leaves it alone', async () => {
    const teams = '<p><a href="https://teams.microsoft.com/l/meetup-join/19%3ameeting">Teams</a></p>';
    open({ body: teams });
    const outcome = await putConference(server, pressed);
    assert.deepEqual(outcome.done === 'nothing' ? [] : outcome.foreign, ['teams']);
    assert.ok(office.body.startsWith(teams));
  });

  it('says when the location has no room, and still adds', async () => {
    open({ body: '', location: 'R'.repeat(250), mailbox: 1.5 });
    const outcome = await putConference(server, pressed);
    assert.deepEqual([outcome.done, outcome.done === 'nothing' ? undefined : outcome.locationFull], ['added', true]);
    assert.equal(office.location, 'R'.repeat(250));
  });

  it('writes nothing into another item that came in its place while the server was asked, and gives the conference back', async () => {
    open({ body: '<p>Hi</p>' });
    server.before = (call) => {
      if (call === 'hold') showAnother(office);
    };
    const outcome = await putConference(server, pressed);
    assert.equal(outcome.done, 'nothing');
    assert.deepEqual([office.body, office.calls.filter((call) => call === 'body.setAsync')], ['<p>Hi</p>', []]);
    assert.match(server.asked.at(-1) ?? '', /^release/);
  });

  it('an item that comes in its place once the text is written gets neither the link nor the ticket', async () => {
    open({ body: `<p>Hi</p>${block.html}`, location: 'Room', mailbox: 1.5 });
    server.conferences.set(id, { state: 'held', language: 'en' });
    server.before = (call) => {
      if (call.startsWith('ticket')) showAnother(office);
    };
    assert.equal((await putConference(server, pressed)).done, 'renewed');
    assert.deepEqual([office.location, office.properties.size], ['Room', 0]);
    assert.ok(!server.asked.some((call) => call.startsWith('release')), 'the text that was written has its conference');
  });

  it('a changed block is not written into another item that came in its place while the server was asked', async () => {
    open({ body: `<p>Hi</p>${block.html}` });
    server.conferences.set(id, { state: 'held', language: 'de' });
    const same = holdItem();
    const changed = await server.client.read(id);
    showAnother(office);
    assert.equal((await renewBlock(server, changed, same)).done, 'nothing');
    assert.deepEqual([office.body, office.location, office.properties.size], [`<p>Hi</p>${block.html}`, '', 0]);
  });

  for (const [state, done] of [['ended', 'added'], ['cancelled', 'added'], ['live', 'renewed'], ['a state of a newer server', 'renewed']] as const) {
    it(`pressed beside a conference that is ${state}: ${done === 'added' ? 'a new one' : 'it stays, for people may have its link'}`, async () => {
      open({ body: `<p>Hi</p>${block.html}` });
      server.conferences.set(id, { state: 'held', language: 'en' });
      const { read } = server.client;
      server.client.read = async (asked) => {
        const found = await read(asked);
        return { ...found, conference: Object.assign(found.conference, { state }) };
      };
      assert.equal((await putConference(server, pressed)).done, done);
      assert.deepEqual(blocks().map((found) => found.id === id), [done === 'renewed']);
    });
  }

  it('adds in an Outlook that has Mailbox 1.5 only: the line in place of places, custom properties in place of the session', async () => {
    open({ body: '<p>Hi</p>', mailbox: 1.5, location: 'Room 4' });
    assert.equal((await putConference(server, pressed)).done, 'added');
    assert.match(office.location, /^Room 4; https:/);
    assert.deepEqual([office.session.size, office.properties.size], [0, 1]);
  });

  it('without an item says so and asks nobody', async () => {
    open({ shown: false });
    const outcome = await putConference(server, pressed);
    assert.deepEqual([outcome.done, server.asked], ['nothing', []]);
  });

  it('asks for the type and the room that were chosen, and for no language: that is the person\'s setting', async () => {
    open({ body: '<p>Hi</p>' });
    await putConference(server, { idempotencyKey: crypto.randomUUID(), bridge: 'meet', room: 'personal' });
    assert.deepEqual([server.held[0]?.bridge, server.held[0]?.room, server.held[0]?.language], ['meet', 'personal', undefined]);
  });

  it('leaves a full invite as it is and gives the conference back', async () => {
    const body = 'x'.repeat(999_900);
    open({ body });
    const outcome = await putConference(server, pressed);
    assert.equal(outcome.done === 'nothing' ? outcome.trouble.kind : '', 'full');
    assert.equal(office.body, body);
    assert.match(server.asked.at(-1) ?? '', /^release/);
  });

  for (const call of ['body.getTypeAsync', 'body.getAsync', 'body.setAsync']) {
    it(`leaves the invite as it is when Outlook fails ${call}, and keeps no conference`, async () => {
      open({ body: '<p>Hi</p>', fail: { [call]: 9020 } });
      const outcome = await putConference(server, pressed);
      assert.deepEqual(outcome, { done: 'nothing', trouble: { kind: 'outlook', call, code: 9020 } });
      assert.equal(office.body, '<p>Hi</p>');
      assert.equal([...server.conferences.values()].filter(({ state }) => state === 'held').length, 0);
    });
  }

  for (const call of ['location.getAsync', 'enhancedLocation.getAsync', 'enhancedLocation.addAsync', 'sessionData.setAsync', 'loadCustomPropertiesAsync', 'customProperties.saveAsync', 'start.getAsync', 'requiredAttendees.getAsync']) {
    it(`adds all the same when Outlook fails ${call}`, async () => {
      open({ body: '<p>Hi</p>', fail: { [call]: 5000 } });
      const outcome = await putConference(server, pressed);
      assert.equal(outcome.done, 'added');
      assert.equal(blocks().length, 1);
    });
  }

  for (const { name, fault, kind } of failures) {
    it(`changes nothing with a server ${name}`, async () => {
      open({ body: '<p>Hi</p>', location: 'Room' });
      server.before = () => {
        throw fault;
      };
      const outcome = await putConference(server, pressed);
      assert.equal(outcome.done === 'nothing' ? outcome.trouble.kind : '', kind);
      assert.equal(office.body, '<p>Hi</p>');
      assert.equal(office.location, 'Room');
      assert.equal(office.properties.size, 0);
    });
  }

  it('puts back what was just taken out, with the same codes', async () => {
    open({ body: '<p>Hi</p>' });
    const added = await putConference(server, pressed);
    assert.ok(added.done !== 'nothing');
    const whole = office.body;
    office.body = '<p>Hi</p>';
    const outcome = await restoreBlock(server, added.invite);
    assert.ok(outcome.done !== 'nothing');
    assert.equal(office.body, whole);
  });
});
