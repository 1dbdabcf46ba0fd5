import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, get } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { localCertificate } from '../../../certs/make.ts';

const day = 24 * 60 * 60_000;

describe('the local certificate', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tieline-certs-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('serves https to whoever trusts its authority, and to nobody else', async () => {
    const { cert, key, ca } = await localCertificate(join(folder, 'certs'));
    const server = createServer({ cert, key }, (_request, response) => response.end('hello'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const ask = (host: string, trusted: string | undefined): Promise<number | undefined> =>
      new Promise((resolve, reject) => {
        get({ host, port, ...(trusted ? { ca: trusted } : {}), family: 4, agent: false }, (answer) => resolve(answer.resume().statusCode)).on('error', reject);
      });
    assert.equal(await ask('127.0.0.1', ca), 200);
    assert.equal(await ask('localhost', ca), 200);
    await assert.rejects(ask('localhost', undefined));
    server.close();
  });

  it('is kept, with its key for the owner only and the authority\'s key nowhere', async () => {
    const first = await localCertificate(join(folder, 'certs'));
    assert.deepEqual(await localCertificate(join(folder, 'certs')), first);
    for (const name of await readdir(join(folder, 'certs'))) assert.equal((await stat(join(folder, 'certs', name))).mode & 0o077, 0, name);
    const texts = await Promise.all((await readdir(join(folder, 'certs'))).map((name) => readFile(join(folder, 'certs', name), 'utf8')));
    assert.equal(texts.join('').match(/PRIVATE KEY-----\n/g)?.length, 2, 'begin and end of one key');
    assert.equal(await readFile(first.caFile, 'utf8'), first.ca);
  });

  it('is made anew a month before it ends, and when its file is damaged', async () => {
    const now = Date.now();
    const first = await localCertificate(folder, now);
    const validTo = Date.parse(new X509Certificate(first.cert).validTo);
    assert.equal((await localCertificate(folder, validTo - 31 * day)).cert, first.cert);
    const second = await localCertificate(folder, validTo - 29 * day);
    assert.notEqual(second.cert, first.cert);
    await writeFile(join(folder, 'localhost.pem'), second.cert);
    assert.notEqual((await localCertificate(folder, validTo)).cert, second.cert);
  });

  it('is one and the same for two that start together', async () => {
    const [a, b] = await Promise.all([localCertificate(folder), localCertificate(folder)]);
    const later = await localCertificate(folder);
    assert.ok([a.cert, b.cert].includes(later.cert));
    assert.ok(new X509Certificate(later.cert).verify(new X509Certificate(later.ca).publicKey));
  });
});
