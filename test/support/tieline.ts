import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { ConferenceView } from '../../contract/conference/conference.ts';
import type { RoomResponse } from '../../contract/conference/room.ts';
import type { Outlook } from '../../lab/outlook/browser/page/outlook.ts';
import { startTieline, type Tieline } from '../../start.ts';
import { launchBrowser } from './browser.ts';
import { testDatabase } from './database.ts';

/** Tieline as `npm start` runs it, on a database of its own: one for a file of stories. */
export interface Stage {
  tieline: Tieline;
  /** Its data folder. */
  data: string;
  /** What the server wrote to its log so far. */
  log: readonly string[];
  /** Of the database; null when it is embedded. */
  databaseUrl: string | null;
  /** A fresh Outlook in a fresh browser profile, whose clock is the machine's, or of a zone by its IANA name. `outlook` runs a function in the page with `window.outlook`. */
  open(path?: string, more?: { timeZone: string }): Promise<Desk>;
  /** What the server answers to a person of the lab. */
  api<T>(method: string, path: string, body?: unknown): Promise<T>;
  conference(id: string): Promise<ConferenceView>;
  /** Waits until the conference is so; fails with what it is instead. */
  conferenceIs(id: string, isSo: (conference: ConferenceView) => boolean, what: string): Promise<ConferenceView>;
  /** Dials in at the phone with this code, and waits for these words; without words, until it is in a conference. */
  dial(extension: string, code: string, words?: string | RegExp): Promise<void>;
  /** Anna sees who waits at the door of her conference, and lets this phone in. Resolves when it is in the room. */
  letIn(extension: string, id: string): Promise<void>;
  stop(): Promise<void>;
}

export interface Desk {
  page: Page;
  outlook<T, Given>(run: (outlook: Outlook, given: Given) => T | Promise<T>, given?: Given): Promise<T>;
  /** The join link's conference id in the invite's body, once it is there. */
  idInBody(): Promise<string>;
  close(): Promise<void>;
}

export const anna = 'anna.berger@example.com';

/** What somebody with a good code hears before a host is there: an invited person's telephone waits in the room, any other one at its door. */
export const doorIsOpen = /leader arrives|connect your call/;
const patience = 15_000;

export interface StageOptions {
  /** `shared`: a database of its own in the tests' PostgreSQL. `embedded`: a PostgreSQL of its own, as `npm start` has. */
  database?: 'shared' | 'embedded';
  browser?: boolean;
}

export async function openStage({ database: kind = 'shared', browser: withBrowser = true }: StageOptions = {}): Promise<Stage> {
  const data = await mkdtemp(join(tmpdir(), 'tieline-'));
  const database = kind === 'shared' ? await testDatabase() : null;
  const log: string[] = [];
  const { DATABASE_URL: _shared, ...env } = process.env;
  const tieline = await startTieline({ port: 0, data, env: database ? { ...env, DATABASE_URL: database.url } : env, onLog: (line) => log.push(line) });
  const browser = withBrowser ? await launchBrowser() : null;
  const { lab } = tieline;

  async function api<T>(method: string, path: string, body?: unknown): Promise<T> {
    const token = await lab.entra.issueToken({ person: anna, audience: lab.secrets.clientId, scopes: ['access_as_user'] });
    const response = await fetch(`${tieline.serverAddress()}${path}`, {
      method, headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer = (await response.json()) as T;
    assert.ok(response.ok, `${method} ${path}: ${response.status} ${JSON.stringify(answer)}`);
    return answer;
  }

  async function conference(id: string): Promise<ConferenceView> {
    return (await api<{ conference: ConferenceView }>('GET', `/api/v1/conferences/${id}`)).conference;
  }

  async function conferenceIs(id: string, isSo: (conference: ConferenceView) => boolean, what: string): Promise<ConferenceView> {
    const end = Date.now() + patience;
    for (;;) {
      const now = await conference(id).catch(() => null);
      if (now && isSo(now)) return now;
      if (Date.now() > end) throw new Error(`not ${what}: ${JSON.stringify(now)}\n${log.slice(-20).join('')}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  async function dial(extension: string, code: string, words?: string | RegExp): Promise<void> {
    const phone = lab.asterisk.phone(extension);
    const signal = AbortSignal.timeout(patience);
    if (phone.view().call) phone.hangUp();
    await lab.asterisk.until(() => (phone.view().call ? undefined : true), signal);
    phone.dial('8000');
    await phone.enter(`${code}#`, signal);
    const isIn = (): true | undefined => (lab.asterisk.rooms().some((room) => room.members.some((member) => member.phone === extension)) ? true : undefined);
    await (words === undefined ? lab.asterisk.until(isIn, signal) : phone.heard(words, signal)).catch(() => {
      throw new Error(`phone ${extension}: not ${words === undefined ? 'let in' : `told ${String(words)}`}, but ${phone.view().hears.map((each) => each.words).join(' | ')}`);
    });
  }

  async function letIn(extension: string, id: string): Promise<void> {
    const signal = AbortSignal.timeout(patience);
    const { room } = await api<RoomResponse>('GET', `/api/v1/conferences/${id}/room`);
    const knock = room.knocks?.find(({ number }) => number === extension);
    if (!knock) throw new Error(`phone ${extension} is not at the door: ${JSON.stringify(room.knocks)}`);
    await api('POST', `/api/v1/conferences/${id}/room/knocks/${knock.id}`, { letIn: true });
    await lab.asterisk.until(() => (lab.asterisk.rooms().some(({ members }) => members.some(({ phone }) => phone === extension)) ? true : undefined), signal);
  }

  async function open(path = '/lab/outlook', more?: { timeZone: string }): Promise<Desk> {
    if (!browser) throw new Error('this stage has no browser');
    const context = await browser.newContext({ ignoreHTTPSErrors: true, viewport: { width: 1366, height: 768 }, ...(more === undefined ? {} : { timezoneId: more.timeZone }) });
    const page = await context.newPage();
    await page.goto(`${tieline.origin}${path}`);
    // An element of that name is `window.outlook` until Outlook stands in it.
    const isUp = () => typeof (globalThis as unknown as { outlook?: Outlook }).outlook?.open === 'function';
    await page.waitForFunction(isUp, undefined, { timeout: 30_000 });
    const outlook = await page.evaluateHandle(() => (globalThis as unknown as { outlook: Outlook }).outlook);
    const desk: Desk = {
      page,
      outlook: (run, given) => outlook.evaluate(run as (outlook: Outlook, given: unknown) => unknown, given) as Promise<Awaited<ReturnType<typeof run>>>,
      async idInBody() {
        const id = await page.waitForFunction(() => {
          const { item } = (globalThis as unknown as { outlook: Outlook }).outlook;
          return /\/j\/([a-z2-7]{26})/.exec(JSON.stringify(item?.fields ?? ''))?.[1];
        }, undefined, { timeout: patience });
        return String(await id.jsonValue());
      },
      close: () => context.close(),
    };
    return desk;
  }

  return {
    tieline, data, log, databaseUrl: database?.url ?? null, open, api, conference, conferenceIs, dial, letIn,
    async stop() {
      await browser?.close();
      await tieline.stop();
      await database?.drop();
      await rm(data, { recursive: true, force: true });
    },
  };
}
