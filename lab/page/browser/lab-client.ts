import type { Command, World } from '../world.ts';
import type { ConferenceSeen } from './steps.ts';

/** The page's two sources: the lab itself, and Tieline's own API as the person in the chair sees it. */

/** Hears the world; reconnects by itself. */
export function hearWorld(fn: (world: World) => void): void {
  const source = new EventSource('/lab/api/world');
  source.addEventListener('message', (event: MessageEvent<string>) => fn(JSON.parse(event.data) as World));
}

/** The lab's time as the page opens, epoch ms UTC. */
export function labTime(): Promise<number> {
  return new Promise((resolve) => {
    const source = new EventSource('/lab/api/world');
    source.addEventListener('message', (event: MessageEvent<string>) => {
      source.close();
      resolve((JSON.parse(event.data) as World).clock.now);
    }, { once: true });
  });
}

/** @throws Error with the lab's own words when it refuses. */
export async function sendCommand(command: Command): Promise<void> {
  const response = await fetch('/lab/api/do', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(command) });
  if (!response.ok) throw new Error(((await response.json().catch(() => ({}))) as { message?: string }).message ?? `The lab answered ${response.status}.`);
}

/** How often the conference is asked for. The page is a spectator: it asks like any client and has no way in of its own. */
const everyMs = 400;

/** Watches the person's newest conference through `GET /api/v1/conferences`. Keeps the last one that was seen, also when it is over. */
export function watchConference(fn: (conference: ConferenceSeen | null) => void): { prefer(id: string | null): void } {
  let id: string | null = null;
  let token: string | null = null;
  let last = '';

  async function api<T>(path: string): Promise<T> {
    token ??= ((await (await fetch('/lab/api/token', { method: 'POST' })).json()) as { token: string }).token;
    const response = await fetch(path, { headers: { authorization: `Bearer ${token}` } });
    if (response.status === 401) token = null;
    if (!response.ok) throw new Error(String(response.status));
    return (await response.json()) as T;
  }

  async function look(): Promise<void> {
    if (id === null) return fn(null);
    const { conference } = await api<{ conference: ConferenceSeen }>(`/api/v1/conferences/${id}`);
    const next = JSON.stringify(conference);
    if (next !== last) fn(conference);
    last = next;
  }

  async function forever(): Promise<void> {
    for (;;) {
      // The server may be down on purpose: the next look tells.
      await look().catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, everyMs));
    }
  }

  void forever();
  return {
    prefer(next) {
      if (next === id) return;
      id = next;
      last = '';
    },
  };
}
