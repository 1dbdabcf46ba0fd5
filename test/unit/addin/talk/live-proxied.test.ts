import assert from 'node:assert/strict';
import { createServer, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { follow } from '../../../../addin/talk/live.ts';
import type { Transport } from '../../../../addin/talk/http.ts';
import { openWeb, type Web } from '../../../support/web.ts';

/** A proxy between pane and server: passes on, or collects an answer until it has ended; cuts what is open. */
async function openProxy(target: string) {
  let holds = false;
  const open = new Set<ServerResponse>();
  const spoken: string[] = [];
  const waiting: (() => void)[] = [];
  const server = createServer((asked, answer) => {
    open.add(answer);
    answer.on('close', () => open.delete(answer));
    const onward = request(`${target}${asked.url}`, { headers: asked.headers }, (upstream) => {
      const held: Buffer[] = [];
      if (!holds) answer.writeHead(upstream.statusCode ?? 502, upstream.headers);
      upstream.on('data', (piece: Buffer) => {
        spoken.push(asked.url ?? '');
        if (holds) held.push(piece);
        else answer.write(piece);
        for (const wake of waiting.splice(0)) wake();
      });
      upstream.on('end', () => {
        if (holds) answer.writeHead(upstream.statusCode ?? 502, { 'content-type': 'text/event-stream' });
        answer.end(Buffer.concat(held));
      });
      upstream.on('error', () => answer.destroy());
    });
    onward.on('error', () => answer.destroy());
    answer.on('close', () => onward.destroy());
    onward.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    hold: () => void (holds = true),
    cut: () => open.forEach((each) => each.destroy()),
    /** Resolves when the server has spoken in answer to a request like this. */
    async spoke(pattern: RegExp): Promise<void> {
      while (!spoken.some((url) => pattern.test(url))) await new Promise<void>((resolve) => waiting.push(resolve));
    },
    close: () => {
      server.closeAllConnections();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** The pane's own client against the real server, with no time in it: what is heard first after a gap is what the server has now. */
describe('live stream with something in between', () => {
  let web: Web;
  let proxy: Awaited<ReturnType<typeof openProxy>>;
  let state: unknown;
  let end: AbortController;
  let done: Promise<void>;
  const heard: unknown[] = [];
  const up: boolean[] = [];
  const waiting: (() => void)[] = [];

  beforeEach(async () => {
    state = 'first';
    end = new AbortController();
    heard.length = 0;
    up.length = 0;
    web = await openWeb({ parts: { snapshot: async () => state } });
    proxy = await openProxy(web.origin);
  });
  afterEach(async () => {
    end.abort();
    await done;
    await proxy.close();
    await web.close();
  });

  async function start(firstMs?: number): Promise<void> {
    const token = await web.authority.token();
    const wake = (): void => waiting.splice(0).forEach((each) => each());
    const transport: Transport = { origin: proxy.origin, language: 'en', deadlineMs: 1_000, token: async () => token, fetch, wait: () => new Promise((resolve) => setImmediate(resolve)) };
    done = follow(transport, 'note:1', (each) => {
      heard.push(each.state);
      wake();
    }, (isUp) => {
      up.push(isUp);
      wake();
    }, end.signal, firstMs);
  }
  async function until(isSo: () => boolean): Promise<void> {
    while (!isSo()) await new Promise<void>((resolve) => waiting.push(resolve));
  }

  it('cut: the first word after the cut is the server’s state of now, and each cut is seen', async () => {
    await start();
    await until(() => heard.length === 1);
    state = 'changed while nobody could hear';
    proxy.cut();
    await until(() => heard.length === 2);
    assert.deepEqual(heard, ['first', 'changed while nobody could hear']);
    state = 'third';
    web.announce('note:1');
    await until(() => heard.length === 3);
    assert.deepEqual(up, [true, false, true]);
  });

  it('held back by a proxy that collects answers: asks for answers that end, and hears of a change by the next one', async () => {
    proxy.hold();
    // In this mode no stream ever speaks, however long one waits.
    await start(20);
    await until(() => heard.length === 1);
    assert.deepEqual(up, [false, true], 'not shown as live before anything was heard');
    await proxy.spoke(/&ends=10$/);
    state = 'changed';
    web.announce('note:1');
    await until(() => heard.includes('changed'));
    assert.deepEqual(up, [false, true], 'and no gap is seen meanwhile');
  });
});
