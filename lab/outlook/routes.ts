import type { IncomingMessage, ServerResponse } from 'node:http';
import type { LabClock } from '../clock.ts';
import type { ApiOptions } from './api.ts';
import { ApiError, createApi } from './api.ts';
import type { BundleName } from './bundle.ts';
import { browserFile } from './bundle.ts';
import { officeFile } from './office-files.ts';
import { officePath } from './rewrite.ts';
import { shell } from './shell.ts';

export interface OutlookRoutesOptions extends Omit<ApiOptions, 'session'> {
  clock: LabClock & { readonly state: { offsetMs: number; pausedAt: number | null } };
  /** Where the browser finds the add-in's manifest, already rewritten to this origin. */
  manifestUrl: string;
}

/** Answers a request and returns true, or returns false and leaves it alone. */
export type Routes = (request: IncomingMessage, response: ServerResponse) => boolean;

const pagePath = '/lab/outlook';
const apiPath = '/lab/api/outlook/';
/** Of one item with its body (1,000,000 characters) and a few attachments' names. */
const largestBody = 8 * 1024 * 1024;
/** A version of the package never changes, and each of the add-in's pages loads a third of a megabyte of it. */
const officeCaching = 'max-age=3600';
const ownFiles: ReadonlyMap<string, BundleName> = new Map([
  [`${pagePath}/outlook.js`, 'outlook.js'], [`${pagePath}/main.js`, 'main.js'], [`${pagePath}/styles.css`, 'styles.css'], [`${officePath}msajax-shim.js`, 'msajax-shim.js'], [`${officePath}nested-app-auth.js`, 'nested-app-auth.js'],
]);

/**
 * The server side of the lab's Outlook: office.js under `/office/`, the page and its code under `/lab/outlook`, its mailbox under `/lab/api/outlook/`.
 * A plain Node handler, so that any server can mount it.
 */
export function createOutlookRoutes({ clock, manifestUrl, ...api }: OutlookRoutesOptions): Routes {
  const call = createApi({ ...api, session: () => ({ people: api.mailbox.people(), clock: clock.state, manifestUrl }) });

  async function answer(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (path.startsWith(apiPath)) return sendJson(response, await call(path.slice(apiPath.length), await readJson(request)));
    if (path === pagePath || path === `${pagePath}/`) {
      // A body that came by mail may name pictures anywhere; nothing leaves this computer.
      response.setHeader('content-security-policy', "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-src https:; connect-src 'self'");
      return send(response, 'text/html; charset=utf-8', shell);
    }
    const own = ownFiles.get(path);
    if (own) return send(response, own.endsWith('.css') ? 'text/css; charset=utf-8' : 'text/javascript; charset=utf-8', await browserFile(own));
    const file = path.startsWith(officePath) ? await officeFile(decodeURIComponent(path.slice(officePath.length)), request.headers.host ?? 'localhost') : null;
    if (!file) throw new ApiError(404, 'notFound', `Nothing lies at ${path}.`);
    response.setHeader('access-control-allow-origin', '*');
    send(response, file.type, file.content, officeCaching);
  }

  return (request, response) => {
    const path = new URL(request.url ?? '/', 'https://localhost').pathname;
    if (!path.startsWith(officePath) && !path.startsWith(apiPath) && path !== pagePath && !path.startsWith(`${pagePath}/`)) return false;
    void answer(path, request, response).catch((error: unknown) => sendProblem(response, error));
    return true;
  };
}

function send(response: ServerResponse, type: string, content: Buffer | string, caching = 'no-cache'): void {
  response.writeHead(200, { 'content-type': type, 'cache-control': caching, 'x-content-type-options': 'nosniff' });
  response.end(content);
}

function sendJson(response: ServerResponse, value: unknown): void {
  send(response, 'application/json; charset=utf-8', JSON.stringify(value ?? null));
}

function sendProblem(response: ServerResponse, error: unknown): void {
  if (response.headersSent) return void response.destroy();
  const { status, code } = error instanceof ApiError ? error : { status: 500, code: 'failed' };
  // Part of what was sent may not have been read: the connection cannot be used again.
  response.writeHead(status, { 'content-type': 'application/problem+json; charset=utf-8', connection: 'close' });
  response.end(JSON.stringify({ status, code, title: error instanceof Error ? error.message : String(error) }));
}

/** The request's JSON; an empty body is an empty object. Only a page of this origin can set this content type without asking, so other sites cannot call. */
async function readJson(request: IncomingMessage): Promise<unknown> {
  if (request.method === 'GET') return {};
  if (!request.headers['content-type']?.startsWith('application/json')) throw new ApiError(415, 'notJson', 'Calls are JSON.');
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > largestBody) throw new ApiError(413, 'tooLarge', 'That is more than a form holds.');
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8') || '{}');
  } catch {
    throw new ApiError(400, 'malformed', 'That is not JSON.');
  }
}
