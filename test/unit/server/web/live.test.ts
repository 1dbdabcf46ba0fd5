import assert from 'node:assert/strict';
import { createLabClock } from '../../../../lab/clock.ts';
import { openWeb, type Web } from '../../../support/web.ts';

function readState(data: string): { topic: string; state: unknown } {
  const state: { topic: string; state: unknown } = JSON.parse(data);
  return state;
}

/** Reads a stream of states as they come. */
async function open(web: Web, query: string, headers?: Record<string, string>) {
  const stop = new AbortController();
  const answer = await fetch(`${web.origin}/api/v1/live${query}`, { headers: headers ?? (await web.as()), signal: stop.signal });
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  async function next(): Promise<{ topic: string; state: unknown }> {
    for (;;) {
      const end = text.indexOf('\n\n');
      const event = text.slice(0, end);
      if (end >= 0) text = text.slice(end + 2);
      const data = /^event: state\ndata: (.*)$/.exec(event)?.[1];
      if (data !== undefined) return readState(data);
      if (end >= 0) continue;
      const { value, done } = (await reader?.read()) ?? { done: true };
      if (done) throw new Error('the stream has ended');
      text += value;
    }
  }
  return { status: answer.status, type: answer.headers.get('content-type'), next, close: () => stop.abort() };
}

describe('the live stream', () => {
  let web: Web;
  let state: Record<string, unknown>;
  const asked: string[] = [];
  beforeEach(async () => {
    state = { 'note:1': { n: 1 }, 'notes:person of aaaaaaaa-0000-4000-8000-000000000001': [1] };
    web = await openWeb({
      parts: {
        async snapshot({ personId }, topic) {
          asked.push(`${personId} ${topic}`);
          return state[topic];
        },
      },
    });
  });
  afterEach(() => web.close());

  it('opens with the whole state of every topic', async () => {
    const stream = await open(web, '?topic=note:1&topic=notes');
    assert.match(stream.type ?? '', /text\/event-stream/);
    assert.deepEqual(await stream.next(), { topic: 'note:1', state: { n: 1 } });
    assert.deepEqual(await stream.next(), { topic: 'notes', state: [1] });
    stream.close();
  });

  it('sends the new state when it is announced, and null when the thing is gone', async () => {
    const stream = await open(web, '?topic=note:1');
    await stream.next();
    state['note:1'] = { n: 2 };
    web.announce('note:1');
    assert.deepEqual((await stream.next()).state, { n: 2 });
    state['note:1'] = null;
    web.announce('note:1');
    assert.equal((await stream.next()).state, null);
    stream.close();
  });

  it('sends everything again when announcements may have been missed', async () => {
    const stream = await open(web, '?topic=note:1');
    await stream.next();
    state['note:1'] = { n: 3 };
    web.announce(null);
    assert.deepEqual((await stream.next()).state, { n: 3 });
    stream.close();
  });

  it('tells again what changed while its first states were read, and nothing else', async () => {
    const other = await openWeb({
      parts: {
        async snapshot(_person, topic) {
          const read = `${topic} as of ${Object.keys(state).length}`;
          if (topic === 'a:1' && Object.keys(state).length === 2) {
            state['more'] = true;
            other.announce('a:1');
          }
          return read;
        },
      },
    });
    const stream = await open(other, '?topic=a:1&topic=b:1');
    assert.deepEqual([(await stream.next()).state, (await stream.next()).state, (await stream.next()).state], ['a:1 as of 2', 'b:1 as of 3', 'a:1 as of 3']);
    stream.close();
    await other.close();
  });

  it('is deaf to other topics and to other organisations', async () => {
    const stream = await open(web, '?topic=note:1');
    await stream.next();
    const before = asked.length;
    web.announce('note:2');
    web.announce('note:1', 'another');
    state['note:1'] = { n: 4 };
    web.announce('note:1');
    assert.deepEqual((await stream.next()).state, { n: 4 });
    assert.equal(asked.length, before + 1);
    stream.close();
  });

  it('asks who is there, and what for', async () => {
    assert.equal((await open(web, '?topic=note:1', {})).status, 401);
    assert.equal((await open(web, '')).status, 400);
    assert.equal((await open(web, '?topic=nothing:1')).status, 404);
    assert.equal((await open(web, `?${Array.from({ length: 121 }, (_, n) => `topic=note:${n}`).join('&')}`)).status, 400);
  });

  it('holds a person to a number of windows', async () => {
    const streams = [];
    for (let n = 0; n < 12; n++) streams.push(await open(web, '?topic=note:1'));
    assert.equal((await open(web, '?topic=note:1')).status, 429);
    for (const stream of streams) stream.close();
  });

  it('ends at once, or with the first change, for whoever asks so', async () => {
    const once = await open(web, '?topic=note:1&ends=0');
    assert.deepEqual((await once.next()).state, { n: 1 });
    await assert.rejects(once.next(), /ended/);
    const held = await open(web, '?topic=note:1&topic=notes&ends=25');
    await held.next();
    await held.next();
    state['note:1'] = { n: 5 };
    web.announce(null);
    assert.ok((await held.next()).state);
    await assert.rejects(held.next(), /ended/);
    for (const wrong of ['26', '-1', 'x', '']) assert.equal((await open(web, `?topic=note:1&ends=${wrong}`)).status, 400);
  });

  it('ends with the token, so that nobody stays signed in by a window', async () => {
    const clock = createLabClock({ startAt: Date.parse('2026-11-21T12:00:00Z'), paused: true });
    const timed = await openWeb({ clock, parts: { snapshot: async () => 1 } });
    const stream = await open(timed, '?topic=a:1');
    await stream.next();
    clock.advance(3_601_000);
    await assert.rejects(stream.next(), /ended/);
    await timed.close();
  });

  it('does not keep a stopping server from closing', async () => {
    const other = await openWeb({ parts: { snapshot: async () => 1 } });
    const stream = await open(other, '?topic=a:1');
    await stream.next();
    await other.close();
    await assert.rejects(stream.next());
  });
});
