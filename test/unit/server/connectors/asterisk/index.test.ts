import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { createLabClock } from '../../../../../lab/clock.ts';
import type { TurnableClock } from '../../../../../lab/clock.ts';
import { createAsterisk } from '../../../../../server/connectors/asterisk/index.ts';
import type { AsteriskConnector } from '../../../../../server/connectors/asterisk/index.ts';
import { onlyAdmission } from '../../../../support/admission.ts';
import type { ConnectorStatus } from '../../../../../server/ports/connector.ts';
import { silent } from '../../../../../server/ports/log.ts';
import type { Log } from '../../../../../server/ports/log.ts';
import { localCertificate } from '../../../../support/certificate.ts';
import { caller, scriptedCall } from './scripted-call.ts';
import { config, idle, scriptedManager, secretEnv, turnUntil, until } from './support.ts';
import type { Answer, ScriptedManager } from './support.ts';

const nobody = onlyAdmission({ decideByCode: async () => ({ admit: false, refusal: 'unknown-code', language: 'en', mayRetry: false }) });

describe('Asterisk connector', () => {
  let clock: TurnableClock;
  let manager: ScriptedManager;
  let connector: AsteriskConnector;
  let states: ConnectorStatus[];
  let logged: string[];

  beforeEach(() => {
    clock = createLabClock({ startAt: Date.UTC(2026, 10, 21, 9), paused: true });
    states = [];
    logged = [];
  });
  afterEach(async () => {
    await connector.stop();
    await manager.stop();
    clock.stop();
  });

  function write(fields: object, message: string): void {
    logged.push(`${message} ${JSON.stringify(fields)} ${'err' in fields ? String(fields.err) : ''}`);
  }

  async function open(answer: Answer, { env = secretEnv, more = {} }: { env?: Record<string, string>; more?: Parameters<typeof config>[1] } = {}): Promise<void> {
    manager = await scriptedManager(answer);
    const log: Log = { debug: write, info: write, warn: write, error: write, child: () => log };
    connector = createAsterisk({ config: config(manager.port, more), clock, log, admission: nobody, random: () => 0, env });
    connector.onStatus((status) => states.push(status));
  }

  function state(): string {
    return connector.status().state;
  }

  it('becomes ready, tells so once for each change, and says since when', async () => {
    await open(idle);
    assert.deepEqual([state(), connector.status().since], ['starting', clock.now()]);
    clock.advance(1_000);
    await connector.start();
    await until('readiness', () => state() === 'ready');
    assert.equal(connector.status().since, clock.now());
    assert.equal(connector.status().version, 'Asterisk 22.10.1');
    assert.equal(new Set(states.map((status) => JSON.stringify(status))).size, states.length);
  });

  it('does not try to log in without a secret, and names the variable', async () => {
    await open(idle, { env: {} });
    await connector.start();
    assert.equal(state(), 'refused');
    assert.match(connector.status().gaps[0]?.remedy ?? '', /TIELINE_AMI_SECRET/);
    clock.advance(600_000);
    await clock.sleep(0);
    assert.equal(manager.sessions.length, 0);
  });

  it('stays up, with a gap, when its AGI port is taken', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const address = other.address();
    await open(idle, { more: { agi: { port: typeof address === 'object' && address ? address.port : 0 } } });
    await connector.start();
    await until('limited', () => state() === 'limited');
    assert.equal(connector.status().gaps[0]?.capability, 'dialIn');
    assert.ok(!connector.status().capabilities.includes('conference'));
    await new Promise((resolve) => other.close(resolve));
    await turnUntil(clock, 'readiness', () => state() === 'ready');
  });

  it('shows a missing sound as a gap', async () => {
    await open(idle);
    await connector.start();
    await until('readiness', () => state() === 'ready');
    const ordinary = caller('1');
    await scriptedCall(connector.agiPort() ?? 0, (command, call) => (command.includes('vm-goodbye') ? '200 result=-1 endpos=0\n' : ordinary(command, call))).ended;
    assert.equal(state(), 'limited');
    assert.match(connector.status().gaps[0]?.reason ?? '', /vm-goodbye/);
  });

  it('never logs its secret', async () => {
    await open((action, fields, id, session) => (action === 'Login' ? `Response: Error\r\n${id}Message: Authentication failed\r\n\r\n` : idle(action, fields, id, session)));
    await connector.start();
    await until('refused', () => state() === 'refused');
    assert.ok(manager.heard.some((each) => each.fields['Secret'] === 'open sesame'));
    assert.ok(logged.length > 0);
    assert.doesNotMatch(logged.join('\n') + JSON.stringify(states), /open sesame/);
  });

  it('can be stopped and started again', async () => {
    await open(idle);
    await connector.start();
    await until('readiness', () => state() === 'ready');
    await connector.stop();
    await until('no session is left', () => manager.sessions.every((session) => session.socket.destroyed));
    await connector.start();
    await until('two new sessions', () => manager.sessions.filter((session) => !session.socket.destroyed).length === 2);
    await until('readiness', () => state() === 'ready');
  });

  it('speaks TLS, and only with a manager whose certificate it was told to trust', async () => {
    const { cert, key } = await localCertificate();
    const folder = await mkdtemp(join(tmpdir(), 'tieline-ami-'));
    const caFile = join(folder, 'ca.pem');
    await writeFile(caFile, cert);
    await open(idle);
    const front = createTlsServer({ cert, key }, (socket) => {
      const back = connect({ host: '127.0.0.1', port: manager.port });
      back.on('error', () => socket.destroy());
      socket.on('error', () => back.destroy());
      socket.pipe(back).pipe(socket);
    });
    await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
    const address = front.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    for (const [tls, expected] of [[{ caFile }, 'ready'], [{}, 'down']] as const) {
      const base = config(port);
      connector = createAsterisk({ config: { ...base, ami: { ...base.ami, tls } }, clock, log: silent, admission: nobody, random: () => 0, env: secretEnv });
      await connector.start();
      await until(expected, () => state() === expected);
      await connector.stop();
    }
    assert.match(connector.status().gaps[0]?.remedy ?? '', /ami\.tls\.caFile/);
    await new Promise((resolve) => front.close(resolve));
    await rm(folder, { recursive: true });
  });
});
