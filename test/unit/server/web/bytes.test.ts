import assert from 'node:assert/strict';
import { request as httpRequest } from 'node:http';
import { z } from 'zod';
import { bytesEndpoint } from '../../../../contract/endpoint.ts';
import type { ByteAnswer } from '../../../../server/ports/byte-answer.ts';
import { bindBytes } from '../../../../server/web/bytes.ts';
import { jsonOf, openWeb, type Web } from '../../../support/web.ts';

const content = Buffer.from(Array.from({ length: 1_000 }, (_, index) => index % 251));
const file = bytesEndpoint({
  route: { method: 'GET', path: '/api/v1/files/:id', who: ['user'] }, summary: 'A file', params: z.object({ id: z.string().max(8) }), query: z.object({ download: z.string().optional() }), contentTypes: ['audio/wav'],
});

describe('an endpoint that answers bytes', () => {
  let web: Web;
  let version: string;
  let pieces: number;
  let isEndless: boolean;

  before(async () => {
    web = await openWeb({ parts: { bytes: [bindBytes(file, async ({ params, query }): Promise<ByteAnswer> => ({
      contentType: 'audio/wav', length: isEndless ? 2 ** 30 : content.length, version, fileName: `a"${params.id}\r\n.wav`, isDownload: query.download !== undefined,
      *read(from, to) {
        for (let at = from; at < to; at += isEndless ? 64 * 1024 : 100) {
          pieces += 1;
          yield new Uint8Array();
          yield isEndless ? Buffer.alloc(64 * 1024) : content.subarray(at, Math.min(to, at + 100));
        }
      },
    }))] } });
  });
  beforeEach(() => {
    version = 'v1';
    pieces = 0;
    isEndless = false;
  });
  after(() => web.close());

  const get = async (headers: Record<string, string> = {}, query = ''): Promise<Response> => web.get(`/api/v1/files/x${query}`, { ...(await web.as()), ...headers });
  const body = async (answer: Response): Promise<Buffer> => Buffer.from(await answer.arrayBuffer());

  it('gives all of it, and how it may be kept and asked for', async () => {
    const answer = await get();
    assert.equal(answer.status, 200);
    const { headers } = answer;
    assert.deepEqual(['content-type', 'content-length', 'accept-ranges', 'cache-control', 'etag', 'content-disposition'].map((name) => headers.get(name)),
      ['audio/wav', '1000', 'bytes', 'private, no-cache', '"v1"', 'inline; filename="a_x__.wav"']);
    assert.match(headers.get('vary') ?? '', /Authorization/);
    assert.ok((await body(answer)).equals(content));
  });

  it('gives the part that is asked for: from, to, and the last bytes', async () => {
    for (const [range, from, to] of [['bytes=0-0', 0, 1], ['bytes=150-349', 150, 350], ['bytes=990-', 990, 1_000], ['bytes=-5', 995, 1_000], ['bytes=900-5000', 900, 1_000]] as const) {
      const answer = await get({ range });
      assert.equal(answer.status, 206, range);
      assert.equal(answer.headers.get('content-range'), `bytes ${from}-${to - 1}/1000`);
      assert.ok((await body(answer)).equals(content.subarray(from, to)), range);
    }
  });

  it('says 416 and the length when there is nothing there, and gives all of it for what it does not understand', async () => {
    const outside = await get({ range: 'bytes=1000-' });
    assert.deepEqual([outside.status, outside.headers.get('content-range'), outside.headers.get('content-disposition')], [416, 'bytes */1000', null]);
    assert.equal((await jsonOf<{ code: string }>(outside)).code, 'range-outside');
    for (const range of ['bytes=0-1,5-6', 'lines=1-2', 'bytes=x']) assert.equal((await get({ range })).status, 200, range);
  });

  it('does not mix two versions: a range of another one is all of this one', async () => {
    assert.equal((await get({ range: 'bytes=0-9', 'if-range': '"v1"' })).status, 206);
    version = 'v2';
    assert.equal((await get({ range: 'bytes=0-9', 'if-range': '"v1"' })).status, 200);
    assert.equal((await get({ 'if-none-match': '"v1"', 'cache-control': 'max-age=0' })).status, 200);
  });

  it('sends nothing again that the browser has, and nothing to HEAD', async () => {
    const known = await get({ 'if-none-match': '"v1"', 'cache-control': 'max-age=0' });
    assert.deepEqual([known.status, (await body(known)).length], [304, 0]);
    const head = await fetch(`${web.origin}/api/v1/files/x`, { method: 'HEAD', headers: await web.as() });
    assert.deepEqual([head.status, head.headers.get('content-length'), (await body(head)).length], [200, '1000', 0]);
  });

  it('saves it under a name when it is asked to', async () => {
    assert.equal((await get({}, '?download')).headers.get('content-disposition'), 'attachment; filename="a_x__.wav"');
  });

  it('is for whom the contract says, reads its parameters, and stands in the description', async () => {
    assert.equal((await web.get('/api/v1/files/x')).status, 401);
    assert.equal((await web.get('/api/v1/files/much-too-long', await web.as())).status, 400);
    const { paths } = await jsonOf<{ paths: Record<string, { get?: { responses: Record<string, { content?: Record<string, unknown> }> } }> }>(await web.get('/api/openapi.json'));
    assert.ok(paths['/api/v1/files/{id}']?.get?.responses['206']?.content?.['audio/wav']);
  });

  it('a listener who hangs up ends the work, and nobody is told of a mistake', async () => {
    isEndless = true;
    const headers = await web.as();
    await new Promise<void>((resolve, reject) => {
      const asked = httpRequest(`${web.origin}/api/v1/files/x`, { headers }, (answer) => {
        answer.once('data', () => {
          answer.destroy();
          resolve();
        });
        answer.on('error', () => undefined);
      });
      asked.on('error', reject).end();
    });
    assert.ok(pieces < 2 ** 30 / (64 * 1024));
    assert.equal((await web.get('/healthz')).status, 200);
  });
});
