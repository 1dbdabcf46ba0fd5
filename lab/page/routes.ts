/** The lab page over HTTP: its shell and script, the world as a stream, and what the visitor does. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { Route } from '../gateway.ts';
import { pageFile } from './bundle.ts';
import type { Command, World } from './world.ts';

const turn = z.discriminatedUnion('turn', [
  z.object({ do: z.literal('clock'), turn: z.enum(['pause', 'resume']) }),
  z.object({ do: z.literal('clock'), turn: z.literal('set'), to: z.number().int() }),
  z.object({ do: z.literal('clock'), turn: z.literal('advance'), by: z.number().int().min(-86_400_000).max(40 * 86_400_000) }),
]);

const command = z.union([
  turn,
  z.object({ do: z.literal('fault'), name: z.string().max(40), on: z.boolean() }),
  z.object({ do: z.literal('move'), id: z.string().max(400), start: z.number().int() }),
  z.object({ do: z.literal('delete'), id: z.string().max(400) }),
  z.object({ do: z.literal('dial'), number: z.string().regex(/^[\d*#+]{1,20}$/) }),
  z.object({ do: z.literal('press'), digits: z.string().regex(/^[\d*#]{1,40}$/) }),
  z.object({ do: z.enum(['mend', 'answer', 'leave-message', 'hang-up', 'kill-server', 'start-over']) }),
]);

export interface PageOptions {
  world(): World;
  onWorld(fn: () => void): () => void;
  /** Throws Error with words for the visitor. */
  perform(command: Command): Promise<void>;
  /** A token of the person in the chair, as Outlook would get it. */
  token(): Promise<string>;
}

const longestBody = 10_000;
const contentTypes: Record<string, string> = { js: 'text/javascript', css: 'text/css' };

export function createPageRoutes(options: PageOptions): Route {
  return (req, res) => {
    const path = (req.url ?? '/').split('?')[0] ?? '/';
    const answer = routeOf(req.method ?? 'GET', path, options);
    if (!answer) return false;
    answer(req, res).catch((error: unknown) => {
      if (!res.headersSent) res.writeHead(422, { 'content-type': 'application/json' });
      res.end(JSON.stringify({ message: error instanceof Error ? error.message : String(error) }));
    });
    return true;
  };
}

type Answer = (req: IncomingMessage, res: ServerResponse) => Promise<void>;

function routeOf(method: string, path: string, options: PageOptions): Answer | null {
  if (method === 'GET' && path === '/') return async (_req, res) => void res.writeHead(302, { location: '/lab/' }).end();
  if (method === 'GET' && (path === '/lab/' || path === '/lab')) return async (_req, res) => void res.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }).end(shell);
  const file = /^\/lab\/page\/([\w-]+\.(js|css))$/.exec(path);
  if (method === 'GET' && file?.[1]) return async (_req, res) => serveFile(res, file[1] ?? '', contentTypes[file[2] ?? ''] ?? 'text/plain');
  if (method === 'GET' && path === '/lab/api/world') return async (req, res) => streamWorld(req, res, options);
  if (method === 'POST' && path === '/lab/api/do') return async (req, res) => perform(req, res, options);
  if (method === 'POST' && path === '/lab/api/token') return async (_req, res) => json(res, { token: await options.token() });
  return null;
}

const shell = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Tieline lab</title>
<link rel="icon" href="/addin/icons/tieline-32.png"><link rel="stylesheet" href="/lab/outlook/styles.css"><link rel="stylesheet" href="/lab/page/lab.css"></head><body><noscript>The lab needs JavaScript.</noscript><script type="module" src="/lab/page/main.js"></script></body></html>`;

async function serveFile(res: ServerResponse, name: string, type: string): Promise<void> {
  const content = await pageFile(name);
  if (content === undefined) return void res.writeHead(404).end();
  res.writeHead(200, { 'content-type': type, 'cache-control': 'no-cache' }).end(content);
}

function json(res: ServerResponse, body: unknown): void {
  res.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' }).end(JSON.stringify(body));
}

async function perform(req: IncomingMessage, res: ServerResponse, options: PageOptions): Promise<void> {
  const origin = req.headers.origin;
  if (origin !== undefined && new URL(origin).host !== req.headers.host) throw new Error('Only the lab page itself may do that.');
  await options.perform(command.parse(JSON.parse(await bodyOf(req))));
  json(res, { done: true });
}

async function bodyOf(req: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of req) {
    body += String(chunk);
    if (body.length > longestBody) throw new Error('That is too long for the lab.');
  }
  return body;
}

async function streamWorld(req: IncomingMessage, res: ServerResponse, options: PageOptions): Promise<void> {
  res.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', connection: 'keep-alive' });
  const tell = (): void => void res.write(`data: ${JSON.stringify(options.world())}\n\n`);
  tell();
  const stop = options.onWorld(tell);
  req.on('close', stop);
}
