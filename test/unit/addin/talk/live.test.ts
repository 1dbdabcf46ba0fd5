import assert from 'node:assert/strict';
import { statesOf } from '../../../../addin/talk/event-stream.ts';
import { follow } from '../../../../addin/talk/live.ts';
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
    const most = [1000, 2000, 5000, 15_000];
    assert.ok(waits.length === 4 && waits.every((ms, round) => ms > (most[round] ?? 0) / 2 && ms <= (most[round] ?? 0)), String(waits));
  });

  it('begins its pauses anew after a stream that held, though nothing was said on it meanwhile', async () => {
    const machine = Date.now;
    let now = 1_000_000;
    const waits: number[] = [];
    const end = new AbortController();
    const transport: Transport = {
      origin: 'https://tieline.example.com', language: 'en', deadlineMs: 1000, token: async () => 'token', fetch: async () => stream(event({ topic: 'calls', state: [] })),
      async wait(ms) {
        waits.push(ms);
        if (waits.length === 4) end.abort();
      },
    };
    try {
      Date.now = () => now;
      await follow(transport, 'calls', () => void (now += 11_000), () => undefined, end.signal);
    } finally {
      Date.now = machine;
    }
    assert.ok(waits.length === 4 && waits.every((ms) => ms <= 1000), String(waits));
  });

  describe('followed by several', () => {
    interface Opening { topics: string[]; say(topic: string, state: unknown): void; isOpen: boolean }
    const openings: Opening[] = [];
    let most = 0;
    let waits: number[];
    let transport: Transport;

    beforeEach(() => {
      openings.length = 0;
      most = 0;
      waits = [];
      transport = {
        origin: 'https://tieline.example.com', language: 'en', deadlineMs: 1000, token: async () => 'token',
        async fetch(input, init) {
          const url = new URL(String(input instanceof Request ? input.url : input));
          const signal = init?.signal;
          if (signal?.aborted) throw signal.reason;
          let write: (piece: string) => void = () => undefined;
          const opening: Opening = { topics: url.searchParams.getAll('topic'), say: (topic, state) => write(event({ topic, state })), isOpen: true };
          openings.push(opening);
          most = Math.max(most, openings.filter(({ isOpen }) => isOpen).length);
          return new Response(new ReadableStream({
            start(controller) {
              write = (piece) => controller.enqueue(new TextEncoder().encode(piece));
              signal?.addEventListener('abort', () => {
                opening.isOpen = false;
                controller.error(signal.reason);
              });
            },
          }));
        },
        wait(ms) {
          waits.push(ms);
          return new Promise((resolve) => setImmediate(resolve));
        },
      };
    });

    async function until<T>(look: () => T | undefined | false): Promise<T> {
      for (;;) {
        const seen = look();
        if (seen !== undefined && seen !== false) return seen;
        await new Promise((resolve) => setImmediate(resolve));
      }
    }
    const opened = (...topics: string[]): Promise<Opening> => until(() => openings.find((each) => each.isOpen && String(each.topics) === String(topics)));

    interface Ear { heard: unknown[]; up: boolean[]; done: Promise<void>; leave(): void }
    function listen(topics: string | readonly string[]): Ear {
      const end = new AbortController();
      const [heard, up]: [unknown[], boolean[]] = [[], []];
      return { heard, up, leave: () => end.abort(), done: follow(transport, topics, ({ state }) => heard.push(state), (isUp) => up.push(isUp), end.signal) };
    }

    it('is one connection, opened again for more, and each hears its own', async () => {
      const mine = listen('conferences');
      const first = await opened('conferences');
      first.say('conferences', ['a']);
      await until(() => mine.heard.length > 0);
      const [calls, people] = [listen('calls'), listen(['availability:x', 'conferences'])];
      const second = await opened('conferences', 'calls', 'availability:x');
      for (const [topic, state] of [['conferences', ['a']], ['calls', []], ['availability:x', 'busy'], ['conferences', ['a', 'b']]] as const) second.say(topic, state);
      await until(() => people.heard.length === 4);
      assert.deepEqual([mine.heard, calls.heard, people.heard], [[['a'], ['a'], ['a', 'b']], [[]], [['a'], ['a'], 'busy', ['a', 'b']]], 'what is told again is heard again: something else about it may have changed');
      assert.deepEqual([mine.up, calls.up, people.up], [[true], [true], [true]], 'nothing was lost');
      assert.deepEqual([most, waits.every((ms) => ms === 50)], [1, true]);
      for (const each of [mine, calls, people]) each.leave();
      await until(() => !second.isOpen);
    });

    it('whoever comes for what is heard already hears it at once, with no other opening', async () => {
      const one = listen('calls');
      const opening = await opened('calls');
      opening.say('calls', ['ring']);
      await until(() => one.heard.length > 0);
      const other = listen('calls');
      await until(() => other.heard.length > 0);
      assert.deepEqual([other.heard, other.up, openings.length], [[['ring']], [true], 1]);
      one.leave();
      await one.done;
      opening.say('calls', ['over']);
      await until(() => other.heard.length === 2);
      assert.deepEqual([one.heard, other.heard], [[['ring']], [['ring'], ['over']]]);
      other.leave();
    });

    it('an effect that ends and begins anew is no loss', async () => {
      const before = listen('calls');
      (await opened('calls')).say('calls', ['ring']);
      await until(() => before.heard.length > 0);
      before.leave();
      const after = listen('calls');
      (await until(() => openings[1])).say('calls', ['over']);
      await until(() => after.heard.length === 2);
      assert.deepEqual([after.heard, after.up.includes(false), most], [[['ring'], ['over']], false, 1]);
      after.leave();
    });

    it('somebody new does not wait for the end of a pause', async () => {
      const goOn: (() => void)[] = [];
      const answer = transport.fetch;
      transport.fetch = async () => Promise.reject(new TypeError('away'));
      transport.wait = () => new Promise((resolve) => goOn.push(resolve));
      const first = listen('calls');
      await until(() => goOn.length > 0);
      transport.fetch = answer;
      const next = listen('conferences');
      await opened('calls', 'conferences');
      for (const each of [first, next]) each.leave();
    });
  });
});
