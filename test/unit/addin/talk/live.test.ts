import assert from 'node:assert/strict';
import { follow, statesOf } from '../../../../addin/talk/live.ts';
import type { Transport } from '../../../../addin/talk/http.ts';

function event(state: object): string {
  return `event: state\ndata: ${JSON.stringify(state)}\n\n`;
}

function stream(...pieces: string[]): Response {
  const encoder = new TextEncoder();
  return new Response(
    new ReadableStream({
      start(controller) {
        for (const piece of pieces) controller.enqueue(encoder.encode(piece));
        controller.close();
      },
    }),
  );
}

describe('live stream', () => {
  it('reads states and ignores what is none', () => {
    assert.deepEqual(statesOf('event: state\ndata: {"topic":"t","state":null}'), [{ topic: 't', state: null }]);
    for (const other of [': still here', 'data: not json', 'data: {"other":1}', '']) assert.deepEqual(statesOf(other), []);
  });

  it('puts together what arrives in pieces, and opens again after an end', async () => {
    const one = event({ topic: 'conference:x', state: { id: 'x' } });
    const answers = [stream(': \n\n', one.slice(0, 20), one.slice(20) + event({ topic: 'conference:x', state: null })), new Response('', { status: 401 }), stream(one)];
    const end = new AbortController();
    const heard: unknown[] = [];
    const up: boolean[] = [];
    const tokens: boolean[] = [];
    const waits: number[] = [];
    const transport: Transport = {
      origin: 'https://tieline.example.com',
      language: 'en',
      deadlineMs: 1000,
      token(renew) {
        tokens.push(renew);
        return Promise.resolve('token');
      },
      fetch(input) {
        assert.equal(String(input instanceof Request ? input.url : input), 'https://tieline.example.com/api/v1/live?topic=conference%3Ax');
        const answer = answers.shift();
        if (answer === undefined) return Promise.reject(new TypeError('away'));
        return Promise.resolve(answer);
      },
      wait(ms) {
        waits.push(ms);
        if (waits.length === 4) end.abort();
        return Promise.resolve();
      },
    };
    await follow(transport, 'conference:x', ({ state }) => heard.push(state), (isUp) => up.push(isUp), end.signal);
    assert.deepEqual(heard, [{ id: 'x' }, null, { id: 'x' }]);
    assert.deepEqual(tokens, [false, false, true, false], 'a refused token is renewed');
    assert.deepEqual(up, [true, false, true, false], 'told when it changes, so that "as of" stays where the last word was heard');
    assert.deepEqual(waits, [1000, 2000, 5000, 15_000]);
  });
});
