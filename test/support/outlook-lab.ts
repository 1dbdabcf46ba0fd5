import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createLabClock } from '../../lab/clock.ts';
import type { TurnableClock } from '../../lab/clock.ts';
import type { Exchange } from '../../lab/exchange/index.ts';
import { createExchange } from '../../lab/exchange/index.ts';
import type { Routes } from '../../lab/outlook/index.ts';
import { createOutlookRoutes, exchangeMailbox, rewriteAddinPage, rewriteManifest } from '../../lab/outlook/index.ts';
import { localCertificate } from './certificate.ts';

const fixture = fileURLToPath(new URL('../fixtures/addin/', import.meta.url));
const types: Record<string, string> = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.xml': 'text/xml; charset=utf-8', '.png': 'image/png' };

/** The lab's Outlook with the add-in of test/fixtures/addin, at one origin. The clock stands still. */
export interface OutlookLab {
  origin: string;
  clock: TurnableClock;
  exchange: Exchange;
  /** Files that answer 503, by name, e.g. `events.html`. */
  missing: Set<string>;
  /** What `getAccessToken` does. */
  issueToken: (person: string) => Promise<string>;
  /** Empty mailboxes, nothing missing: for the next test. */
  renew(): void;
  close(): Promise<void>;
}

export const anna = 'anna@example.com';
export const jonas = 'jonas@example.com';
/** Sat 21 Nov 2026, 09:52 in Berlin. */
export const morning = Date.UTC(2026, 10, 21, 8, 52);

async function defaultToken(person: string): Promise<string> {
  return `token of ${person}`;
}

function emptyExchange(clock: TurnableClock): Exchange {
  return createExchange({
    clock,
    domain: 'example.com',
    people: [
      { name: 'Anna Berger', address: anna, timeZone: 'Europe/Berlin' },
      { name: 'Jonas Weber', address: jonas, timeZone: 'Europe/Berlin' },
      { name: 'Maria Lindqvist', address: 'maria@example.com', timeZone: 'Europe/Stockholm' },
      { name: 'Room 4.12', address: 'room412@example.com', timeZone: 'Europe/Berlin', userPurpose: 'room' },
    ],
  });
}

export async function startOutlookLab(): Promise<OutlookLab> {
  const clock = createLabClock({ startAt: morning, paused: true });
  const lab: OutlookLab = { origin: '', clock, exchange: emptyExchange(clock), missing: new Set(), issueToken: defaultToken, renew, close: async () => undefined };
  let routes = newRoutes();

  function newRoutes(): Routes {
    return createOutlookRoutes({ mailbox: exchangeMailbox(lab.exchange), clock, manifestUrl: '/manifest.xml', issueToken: (person) => lab.issueToken(person) });
  }

  function renew(): void {
    lab.missing.clear();
    lab.issueToken = defaultToken;
    lab.exchange = emptyExchange(clock);
    routes = newRoutes();
  }

  async function serveFixture(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const name = new URL(request.url ?? '/', lab.origin).pathname.slice(1);
    const type = types[extname(name)];
    const content = type && !name.includes('..') ? await readFile(join(fixture, name)).catch(() => null) : null;
    if (lab.missing.has(name) || content === null || !type) return void response.writeHead(lab.missing.has(name) ? 503 : 404).end();
    response.writeHead(200, { 'content-type': type });
    if (name.endsWith('.html')) response.end(rewriteAddinPage(content.toString('utf8')));
    else if (name.endsWith('.xml')) response.end(rewriteManifest(content.toString('utf8'), lab.origin));
    else response.end(content);
  }

  const { cert, key } = await localCertificate();
  const server = createServer({ cert, key }, (request, response) => {
    if (!routes(request, response)) void serveFixture(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  lab.origin = `https://localhost:${typeof address === 'object' && address ? address.port : 0}`;
  lab.close = async () => {
    clock.stop();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return lab;
}
