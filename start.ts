/**
 * `npm start`: the lab and the server, together on this machine, with nothing to configure. The only file that knows both.
 * The server is a process of its own, as in production, so that it can be killed (rehearse.ts); it follows the lab's clock by messages.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { createServer as createSocket } from 'node:net';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DateTime } from 'luxon';
import { build } from './build.ts';
import { localCertificate } from './certs/make.ts';
import { createLabClock, type TurnableClock } from './lab/clock.ts';
import { createLab, type Lab } from './lab/index.ts';
import { anna, maria, timeZone } from './lab/people.ts';
import { prompts } from './lab/sounds.ts';
import { UserError } from './server/domain/errors.ts';

const root = fileURLToPath(new URL('.', import.meta.url));
const dist = join(root, 'dist');

export interface Tieline {
  /** The address to open. */
  origin: string;
  lab: Lab;
  clock: TurnableClock;
  /** Where the server itself listens, behind the lab's origin. */
  serverAddress(): string;
  /** How often the server was started again. */
  restarts(): number;
  /** kill -9. It comes back by itself. */
  killServer(): void;
  /** Resolves when the server answers. */
  ready(): Promise<void>;
  stop(): Promise<void>;
}

export interface StartOptions {
  /** 0 takes a free one. */
  port: number;
  /** Folder for certificates, database and log. */
  data: string;
  clock?: TurnableClock;
  /** Environment of the server; DATABASE_URL in it is used instead of the embedded database. */
  env?: NodeJS.ProcessEnv;
  /** Where the server's log goes. */
  onLog?: (line: string) => void;
}

/** The rehearsal begins at 09:52 of today where its people live: eight minutes before their meeting (ux.md §5). */
function sampleMorning(): number {
  return DateTime.now().setZone(timeZone).set({ hour: 9, minute: 52, second: 0, millisecond: 0 }).toMillis();
}

/** Starts everything and resolves when the first page can be opened. Throws UserError when a port is taken or the server gives up. */
export async function startTieline({ port, data, clock = createLabClock({ startAt: sampleMorning() }), env = process.env, onLog = () => undefined }: StartOptions): Promise<Tieline> {
  await build({ log: () => undefined, only: ['rehearsal'] });
  const certificate = await localCertificate(join(data, 'certs'));
  const [serverPort, agiPort] = [await freePort(), await freePort()];
  const keeper = createKeeper({ clock, onLog });
  const lab = await createLab({
    clock, port, agiUrl: `agi://127.0.0.1:${agiPort}/conference`, jitsiDoors: '/hooks/meet', soundsFolder: soundsIn(data),
    tls: { key: certificate.key, cert: certificate.cert, ca: certificate.ca },
    server: { address: () => (keeper.isUp() ? `http://127.0.0.1:${serverPort}` : null), restarts: keeper.restarts, kill: keeper.kill, onChange: keeper.onChange },
  }).catch((error: unknown) => {
    throw portTaken(error, port);
  });
  const config = labConfig({ lab, serverPort, agiPort, data, caFile: certificate.caFile });
  const secrets = {
    TIELINE_LAB_AMI_SECRET: lab.secrets.amiSecret, TIELINE_LAB_ARI_PASSWORD: lab.secrets.ariPassword, TIELINE_LAB_GRAPH_SECRET: lab.secrets.clientSecret, TIELINE_LAB_MAIL_PASSWORD: lab.smtp.password,
    TIELINE_LAB_JITSI_SECRET: lab.secrets.jitsiSecret, TIELINE_LAB_JITSI_WORD: lab.secrets.jitsiWord, TIELINE_LAB_JITSI_KEY: lab.secrets.jitsiKey,
  };
  keeper.begin({ ...env, ...secrets, TIELINE_LAB_CONFIG: JSON.stringify(config) });
  try {
    await keeper.ready();
  } catch (error) {
    await keeper.stop();
    await lab.close();
    throw error;
  }
  return {
    origin: lab.origin, lab, clock, serverAddress: () => `http://127.0.0.1:${serverPort}`,
    restarts: keeper.restarts, killServer: keeper.kill, ready: keeper.ready,
    async stop() {
      await keeper.stop();
      await lab.close();
    },
  };
}

function portTaken(error: unknown, port: number): unknown {
  if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') return error;
  return new UserError(500, {
    code: 'port-taken', field: 'PORT', message: `Port ${port} is taken by another program.`,
    remedy: `Stop that program, or choose another port: PORT=${port + 1} npm start`,
  });
}

/** The PBX's sounds, which the server has mounted: here it is the same folder. */
function soundsIn(data: string): string {
  return join(data, 'pbx-sounds');
}

/** The configuration that an administrator would write, pointing at the stand-ins. */
function labConfig({ lab, serverPort, agiPort, data, caFile }: { lab: Lab; serverPort: number; agiPort: number; data: string; caFile: string }): unknown {
  const { tenantId, clientId, amiUser, ariUser, jitsiApp } = lab.secrets;
  return {
    publicUrl: lab.origin,
    listen: { host: '127.0.0.1', port: serverPort, proxies: ['127.0.0.1'] },
    data,
    caFile,
    organisation: { name: 'Example GmbH' },
    signIn: {
      exchange: [{ metadataUrl: lab.exchangeAuth.metadataUrl() }],
      tenants: [{ id: tenantId, audience: clientId, authority: lab.cloud }],
      providers: [{ id: 'example', name: 'Example GmbH', issuer: `${lab.cloud}/${tenantId}/v2.0`, clientId, secretEnv: 'TIELINE_LAB_GRAPH_SECRET', roles: [anna, maria].map((value) => ({ role: 'administrator', claim: 'preferred_username', value })) }],
    },
    // Sweeps come every minute, so that a visitor who loses the notifications need not wait for hours.
    conference: { languages: ['en', 'de'], sweepHours: 1 / 60, keyword: { people: [anna] } },
    limits: { requestsPerMinute: 5_000 },
    connectors: [
      {
        type: 'asterisk', instance: 'pbx', ami: { host: '127.0.0.1', port: lab.asterisk.amiPort, username: amiUser, secretEnv: 'TIELINE_LAB_AMI_SECRET' },
        agi: { host: '127.0.0.1', port: agiPort }, prompts,
        // Without espeak-ng on this computer people's own recordings play, and the status says what to install.
        greetings: { folder: join(soundsIn(data), 'tieline/greetings'), languages: ['en', 'de'], voice: {} },
        voicemail: {}, callControl: { context: 'internal' }, ari: { url: `http://127.0.0.1:${lab.asterisk.ariPort}`, username: ariUser, passwordEnv: 'TIELINE_LAB_ARI_PASSWORD' },
        dialIn: [{ country: 'DE', number: '+493023125400' }, { country: 'GB', number: '+442079460400' }],
        dialOut: { routes: [{ numbers: '2XX', channel: 'PJSIP/{number}' }] },
      },
      {
        type: 'jitsi', instance: 'meet', url: lab.jitsiUrl, domain: 'meet.example.com', appId: jitsiApp, secretEnv: 'TIELINE_LAB_JITSI_SECRET', reservationSecretEnv: 'TIELINE_LAB_JITSI_WORD',
        prosody: { url: lab.jitsi.prosodyUrl, keyEnv: 'TIELINE_LAB_JITSI_KEY' },
      },
      { type: 'graph', instance: 'm365', tenantId, clientId, clientSecretEnv: 'TIELINE_LAB_GRAPH_SECRET', baseUrl: lab.cloud, authority: lab.cloud, caFile },
      { type: 'smtp', instance: 'mail', host: 'localhost', port: lab.smtp.port, from: 'tieline@example.com', username: lab.smtp.user, passwordEnv: 'TIELINE_LAB_MAIL_PASSWORD' },
      { type: 'transcription', instance: 'engine', url: lab.transcription.origin },
    ],
  };
}

interface Keeper {
  begin(env: NodeJS.ProcessEnv): void;
  isUp(): boolean;
  restarts(): number;
  kill(): void;
  ready(): Promise<void>;
  onChange(fn: () => void): void;
  stop(): Promise<void>;
}

/** A server that ended this soon after its first start, and never answered, will not get better by being started again, ms. */
const hopelessMs = 3_000;
const pauseMs = 500;

/** Keeps one server process alive, as a service manager would. */
function createKeeper({ clock, onLog }: { clock: TurnableClock; onLog: (line: string) => void }): Keeper {
  const watchers = new Set<() => void>();
  let child: ChildProcess | undefined;
  let isUp = false;
  let wasUp = false;
  let restarts = 0;
  let isStopping = false;
  let failure: Error | undefined;

  function change(up: boolean): void {
    isUp = up;
    for (const watcher of watchers) watcher();
  }

  function begin(env: NodeJS.ProcessEnv): void {
    const began = process.uptime();
    let lastWords = '';
    child = fork(join(dist, 'rehearsal/server.js'), [], { env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'], execArgv: ['--enable-source-maps'] });
    const hear = (chunk: Buffer): void => {
      lastWords = (lastWords + chunk.toString()).slice(-2_000);
      onLog(chunk.toString());
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.send({ clock: clock.state });
    child.on('message', () => {
      wasUp = true;
      change(true);
    });
    child.on('exit', () => {
      change(false);
      if (isStopping) return;
      if ((process.uptime() - began) * 1000 < hopelessMs && !wasUp && restarts === 0) {
        failure = new Error(`The server could not start.\n${lastWords.trim()}`);
        return change(false);
      }
      restarts += 1;
      setTimeout(() => !isStopping && begin(env), pauseMs);
    });
  }

  clock.onTurn((state) => {
    if (child?.connected) child.send({ clock: state });
  });

  function ready(): Promise<void> {
    return new Promise((done, failed) => {
      function look(): void {
        if (isUp) done();
        else if (failure) failed(failure);
        else return;
        watchers.delete(look);
      }
      watchers.add(look);
      look();
    });
  }

  async function stop(): Promise<void> {
    isStopping = true;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise<void>((done) => child?.once('exit', () => done()));
    child.kill('SIGTERM');
    await gone;
  }

  function kill(): void {
    // Down from this instant, not from when the system tells us.
    if (child?.kill('SIGKILL')) change(false);
  }

  return { begin, ready, stop, kill, isUp: () => isUp, restarts: () => restarts, onChange: (fn) => void watchers.add(fn) };
}

/** A port that is free at this moment. */
async function freePort(): Promise<number> {
  const socket = createSocket();
  await new Promise<void>((done) => socket.listen(0, '127.0.0.1', done));
  const address = socket.address();
  await new Promise((done) => socket.close(done));
  return typeof address === 'object' && address ? address.port : 0;
}

/** The port that the environment names; 3000 when it names none. Throws UserError for what is no port. */
function portFrom(text: string | undefined): number {
  if (text === undefined || text === '') return 3000;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new UserError(500, { code: 'port-wrong', field: 'PORT', message: `PORT is "${text}", which is no port.`, remedy: 'Give a number from 0 to 65535; 0 takes a free one.' });
}

async function main(): Promise<void> {
  const data = resolve(process.env.TIELINE_DATA ?? join(root, '.tieline'));
  await build({ log: (line) => console.log(line), only: ['addin', 'rehearsal'] });
  const tieline = await startTieline({
    port: portFrom(process.env.PORT), data,
    onLog: (line) => process.env.TIELINE_LOG && process.stderr.write(line),
  });
  console.log(`Tieline is ready: ${tieline.origin}\nThe browser warns once about the certificate: it was made on this computer, for this computer. Ctrl-C ends everything.`);
  const finish = (): void => void tieline.stop().then(() => process.exit(0));
  process.once('SIGINT', finish).once('SIGTERM', finish);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  main().catch((error: unknown) => {
    const { message, problem } = error as Partial<UserError>;
    console.error(problem ? [problem.message, problem.remedy].filter(Boolean).join('\n') : (message ?? error));
    process.exit(1);
  });
}
