import { readFile, readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build as bundle } from 'esbuild';
import type { Page } from 'playwright-core';
import { build } from '../build.ts';
import { voicemailAudio } from '../contract/voicemail/sound.ts';
import { playableFile } from '../server/audio/playable.ts';
import { createSeekShelf } from '../server/audio/seek-points.ts';
import { readSound } from '../server/audio/sound.ts';
import type { VoicemailAudio } from '../server/domain/voicemail.ts';
import { bindBytes } from '../server/web/bytes.ts';
import { labFormats, labRecording } from '../test/support/audio.ts';
import { openBrowser } from '../test/support/browser.ts';
import { openMailProgram } from '../test/support/dovecot-mail.ts';
import { openWeb } from '../test/support/web.ts';
import type { BenchContext, Figure, Result } from './frame/figure.ts';
import { openMailWorld } from './frame/mail-world.ts';
import { median, percentile, round } from './frame/statistics.ts';
import { anna, openWorld } from './frame/tieline.ts';
import { dovecotSide, startEngine } from './frame/voicemail-engine.ts';
import { until } from './frame/wait.ts';

/** What somebody waits for who listens to a voicemail: the pane's own player in Chromium, against our web server over loopback. */

const root = fileURLToPath(new URL('..', import.meta.url));

function result(metric: string, unit: string, ours: number, runs: number): Result {
  return { metric, unit, ours: round(ours), peer: null, peerName: null, better: 'lower', runs };
}

/** The pane's player as one script that leaves `listen` behind. */
async function playerScript(): Promise<string> {
  const { outputFiles } = await bundle({
    stdin: {
      contents: `import { createPlayer } from './addin/taskpane/sound/player.ts'; import { openSource } from './addin/taskpane/sound/source.ts';
        globalThis.listen = (token) => {
          const transport = { origin: location.origin, language: 'en', token: async () => token, fetch: (input, init) => fetch(input, init), deadlineMs: 8000, wait: (ms) => new Promise((done) => setTimeout(done, ms)) };
          const player = createPlayer({ open: (id, end) => openSource(transport, id, end), audio: () => new Audio(), heard: () => undefined, address: (file) => URL.createObjectURL(file), forget: (address) => URL.revokeObjectURL(address) });
          const until = (isSo) => new Promise((done, failed) => { const look = () => { const state = player.state(); if (state.phase === 'failed') failed(state.fault); else if (isSo(state)) { stop(); done(); } }; const stop = player.subscribe(look); look(); });
          const timed = async (act, at) => { const began = performance.now(); act(); await until((state) => state.phase === 'playing' && state.at >= at); return performance.now() - began; };
          return { first: (id) => timed(() => player.play(id), 0), seek: (seconds) => timed(() => player.seek(seconds), seconds), close: () => player.close() };
        };`,
      resolveDir: root, loader: 'ts',
    },
    bundle: true, write: false, format: 'iife', target: 'es2022', logLevel: 'silent',
  });
  return outputFiles[0]?.text ?? '';
}

interface Listening { first(id: string): Promise<number>; seek(seconds: number): Promise<number>; close(): void }
declare global {
  var listen: (token: string) => Listening;
  var listening: Listening;
}

/** Runs with a page that has the player, before a server that has these recordings. */
async function withPlayer<T>(recordings: ReadonlyMap<string, VoicemailAudio>, run: (page: Page) => Promise<T>): Promise<T> {
  const shelf = createSeekShelf();
  const web = await openWeb({
    parts: {
      bytes: [bindBytes(voicemailAudio, async ({ params: { id } }) => {
        const audio = recordings.get(id);
        if (!audio) throw new Error(`no recording ${id}`);
        return { ...playableFile(audio, readSound(audio, shelf)), version: id, fileName: 'voicemail.wav', isDownload: false };
      })],
    },
  });
  const { browser } = await openBrowser();
  try {
    const { authorization } = await web.as();
    const page = await (await browser.newContext({ bypassCSP: true })).newPage();
    await page.goto(`${web.origin}/healthz`);
    await page.addScriptTag({ content: await playerScript() });
    // A press, as a person's: browsers let nothing sound before one.
    await page.mouse.click(5, 5);
    await page.evaluate((token) => void (globalThis.listening = globalThis.listen(token)), authorization.replace('Bearer ', ''));
    return await run(page);
  } finally {
    await browser.close();
    await web.close();
  }
}

async function firstSound({ isFull }: BenchContext): Promise<Result[]> {
  const runs = isFull ? 30 : 6;
  const ids = labFormats.map((format) => [format, crypto.randomUUID()] as const);
  const recordings = new Map(ids.map(([format, id]) => [id as string, labRecording(format, 40)]));
  return withPlayer(recordings, async (page) => {
    const found: Result[] = [];
    for (const [format, id] of ids) {
      const waits: number[] = [];
      for (let each = 0; each < runs; each += 1) {
        waits.push(await page.evaluate((wanted) => globalThis.listening.first(wanted), id));
        await page.evaluate(() => globalThis.listening.close());
      }
      found.push(result(`${format}, p50`, 'ms', median(waits), runs), result(`${format}, p99`, 'ms', percentile(waits, 0.99), runs));
    }
    return found;
  });
}

async function seeking({ isFull }: BenchContext): Promise<Result[]> {
  const runs = isFull ? 18 : 5;
  const [plain, coded] = [crypto.randomUUID(), crypto.randomUUID()] as const;
  const recordings = new Map<string, VoicemailAudio>([[plain, labRecording('ulaw', 600)], [coded, labRecording('wav49', 600)]]);
  return withPlayer(recordings, async (page) => {
    const found: Result[] = [];
    for (const [name, id] of [['µ-law', plain], ['GSM 6.10', coded]] as const) {
      await page.evaluate((wanted) => globalThis.listening.first(wanted), id);
      const waits: number[] = [];
      // Never twice into the same part: what is here already needs no fetching. Seventeen parts later it is forgotten.
      for (let each = 0; each < runs; each += 1) waits.push(await page.evaluate((seconds) => globalThis.listening.seek(seconds), 20 + ((each * 11) % 18) * 32));
      await page.evaluate(() => globalThis.listening.close());
      found.push(result(`${name}, p50`, 'ms', median(waits), runs), result(`${name}, p99`, 'ms', percentile(waits, 0.99), runs));
    }
    return found;
  });
}

/** What the voicemail panel adds to what is there already. */
async function weight(): Promise<Result[]> {
  await build({ log: () => undefined });
  const folder = `${root}dist/addin/`;
  const files = (await readdir(folder)).filter((file) => file.startsWith('voicemail.') && file.endsWith('.js'));
  if (files.length === 0) throw new Error('the build has no voicemail panel');
  const sizes = await Promise.all(files.map(async (file) => gzipSync(await readFile(folder + file), { level: 9 }).length / 1024));
  return [result('its own chunk, gzip', 'KB', sizes.reduce((sum, size) => sum + size, 0), 1)];
}

async function hangUpToMail({ isFull, note }: BenchContext): Promise<Result[]> {
  const runs = isFull ? 30 : 6;
  const world = await openWorld();
  try {
    const { asterisk, exchange } = world.tieline.lab;
    const waits: number[] = [];
    for (let each = 0; each <= runs; each += 1) {
      const began = performance.now();
      asterisk.exchange.voicemail.leave('201@default', { caller: { name: `Caller ${each}`, number: '202' }, seconds: 10 });
      await until('the mail', async () => (exchange.mail.list(anna).some(({ subject }) => subject.includes(`Caller ${each} `)) ? true : undefined), { everyMs: 5 });
      // The first finds whose box it is, once in its life.
      if (each > 0) waits.push(performance.now() - began);
    }
    note('hang-up to mail: from the recording\'s last byte at the lab\'s PBX to the mail in the inbox, with 10 s of sound, through the real server, AMI, ARI and Graph\'s protocol over loopback');
    return [result('p50', 'ms', median(waits), runs), result('p99', 'ms', percentile(waits, 0.99), runs)];
  } finally {
    await world.close();
  }
}

/** The same on a real Dovecot, where the mail is seen by another program over IMAP. */
async function hangUpToDovecot({ isFull, note }: BenchContext): Promise<Result[]> {
  const runs = isFull ? 60 : 10;
  const world = await openMailWorld({ mailboxes: 1, messages: 0, size: 0 });
  try {
    const engine = await startEngine(dovecotSide(world));
    const [login = ''] = world.logins;
    const program = await openMailProgram(world.dovecot, login);
    try {
      const waits: number[] = [];
      for (let each = 0; each < runs; each += 1) {
        const began = performance.now();
        engine.pbx.boxes.leave(engine.boxOf(login), { callerName: `Caller ${each}`, durationSeconds: 10 });
        await until('the mail', async () => {
          const status = await program.status('INBOX', { messages: true });
          return status && status.messages === each + 1 ? true : undefined;
        }, { everyMs: 2 });
        waits.push(performance.now() - began);
        await engine.idle();
      }
      if (engine.failures() > 0) throw new Error(`${engine.failures()} rounds failed`);
      note('on Dovecot: from the phone system\'s word (the reference one, in memory) through engine, PostgreSQL and IMAP over TLS until another mail program counts the mail');
      return [result('p50', 'ms', median(waits), runs), result('p99', 'ms', percentile(waits, 0.99), runs)];
    } finally {
      program.close();
      await engine.stop();
    }
  } finally {
    await world.close();
  }
}

export const figures: readonly Figure[] = [
  { id: 'voicemail-first-sound', title: 'From the click to the first sound of a voicemail, by stored format', run: firstSound },
  { id: 'voicemail-seek', title: 'A seek in a voicemail of ten minutes', run: seeking },
  { id: 'voicemail-weight', title: 'Weight of the voicemail panel', run: weight },
  { id: 'voicemail-hang-up-to-mail', title: 'From the caller\'s hang-up to the mail in the inbox, Microsoft 365', run: hangUpToMail },
  { id: 'voicemail-hang-up-to-dovecot', title: 'From the caller\'s hang-up to the mail in the inbox, Dovecot', run: hangUpToDovecot },
];
