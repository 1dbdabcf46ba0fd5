/**
 * Many panes of one process: holds a live stream each and says when the states of a topic arrived. First line in: `{origin, panes: [{token, topics}]}`; out: `ready` once each pane has
 * all its first states. Then a line for each question: `{topic, count}`; out: the next `count` arrivals as JSON, epoch ms. `{reopenWithinMs}`: all streams are lost at once and each is asked for
 * again after a pause between half of that and the whole, as panes do; out: for each, ms from asking until all its states were there, as JSON.
 */
import { Agent, get, type ClientRequest } from 'node:http';
import { createInterface } from 'node:readline';

interface Pane { token: string; topics: string[] }
type Said = { origin: string; panes: Pane[] } | { topic: string; count: number } | { reopenWithinMs: number };

const agent = new Agent({ keepAlive: true, maxSockets: Infinity });
let origin = '';
let panes: readonly Pane[] = [];
let open: ClientRequest[] = [];
let waiting: { topic: string; count: number; arrivals: { topic: string; at: number }[] } | null = null;

const now = (): number => performance.timeOrigin + performance.now();

function heard(topic: string): void {
  if (waiting?.topic !== topic) return;
  waiting.arrivals.push({ topic, at: now() });
  if (waiting.arrivals.length < waiting.count) return;
  console.log(JSON.stringify(waiting.arrivals));
  waiting = null;
}

/** Opens a stream; resolves once the states of all its topics were heard, with the ms that it took. */
function ask({ token, topics }: Pane): Promise<number> {
  const missing = new Set(topics);
  const from = now();
  return new Promise((resolve, reject) => {
    const query = new URLSearchParams(topics.map((topic): [string, string] => ['topic', topic])).toString();
    const request = get(`${origin}/api/v1/live?${query}`, { agent, headers: { authorization: `Bearer ${token}` } }, (response) => {
      if (response.statusCode !== 200) return reject(new Error(`a pane was refused: ${response.statusCode}`));
      let rest = '';
      response.setEncoding('utf8');
      // A stream that is lost ends with an error of its own.
      response.on('error', () => undefined);
      response.on('data', (text: string) => {
        const pieces = (rest + text).split('\n\n');
        rest = pieces.pop() ?? '';
        for (const piece of pieces) {
          const topic = /^data: \{"topic":"([^"]+)"/m.exec(piece)?.[1];
          if (topic === undefined) continue;
          heard(topic);
          if (missing.delete(topic) && missing.size === 0) resolve(now() - from);
        }
      });
    });
    request.on('error', reject);
    open.push(request);
  });
}

function openAll(afterMs: () => number): Promise<number[]> {
  open = [];
  return Promise.all(panes.map(async (pane) => {
    await new Promise((resolve) => setTimeout(resolve, afterMs()));
    return ask(pane);
  }));
}

for await (const line of createInterface({ input: process.stdin })) {
  const said = JSON.parse(line) as Said;
  if ('panes' in said) {
    ({ origin, panes } = said);
    await openAll(() => 0);
    console.log('ready');
  } else if ('reopenWithinMs' in said) {
    for (const request of open) request.destroy();
    console.log(JSON.stringify(await openAll(() => said.reopenWithinMs * (1 - Math.random() / 2))));
  } else waiting = { ...said, arrivals: [] };
}
