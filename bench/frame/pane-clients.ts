/**
 * Many panes of one process: holds a live stream each and says when the states of a topic arrived. First line in: `{origin, panes: [{token, topics}]}`; out: `ready` once each pane has
 * all its first states. Then a line `{topic, count}` for each question; out: the next `count` arrivals as JSON, epoch ms.
 */
import { Agent, get } from 'node:http';
import { createInterface } from 'node:readline';

interface Pane { token: string; topics: string[] }
type Said = { origin: string; panes: Pane[] } | { topic: string; count: number };

const agent = new Agent({ keepAlive: true, maxSockets: Infinity });
let waiting: { topic: string; count: number; arrivals: { topic: string; at: number }[] } | null = null;
let missing = 0;

function heard(topic: string): void {
  const at = performance.timeOrigin + performance.now();
  if (missing > 0) {
    missing -= 1;
    if (missing === 0) console.log('ready');
    return;
  }
  if (waiting?.topic !== topic) return;
  waiting.arrivals.push({ topic, at });
  if (waiting.arrivals.length < waiting.count) return;
  console.log(JSON.stringify(waiting.arrivals));
  waiting = null;
}

function open(origin: string, { token, topics }: Pane): void {
  const query = new URLSearchParams(topics.map((topic): [string, string] => ['topic', topic])).toString();
  get(`${origin}/api/v1/live?${query}`, { agent, headers: { authorization: `Bearer ${token}` } }, (response) => {
    if (response.statusCode !== 200) throw new Error(`a pane was refused: ${response.statusCode}`);
    let rest = '';
    response.setEncoding('utf8');
    response.on('data', (text: string) => {
      const pieces = (rest + text).split('\n\n');
      rest = pieces.pop() ?? '';
      for (const piece of pieces) {
        const topic = /^data: \{"topic":"([^"]+)"/m.exec(piece)?.[1];
        if (topic !== undefined) heard(topic);
      }
    });
  });
}

for await (const line of createInterface({ input: process.stdin })) {
  const said = JSON.parse(line) as Said;
  if ('panes' in said) {
    missing = said.panes.reduce((sum, pane) => sum + new Set(pane.topics).size, 0);
    for (const pane of said.panes) open(said.origin, pane);
  } else waiting = { ...said, arrivals: [] };
}
