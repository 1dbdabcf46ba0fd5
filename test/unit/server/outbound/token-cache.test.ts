import assert from 'node:assert/strict';
import { createLabClock } from '../../../../lab/clock.ts';
import { createTokenCache } from '../../../../server/outbound/token-cache.ts';
import type { AccessToken, TokenCache } from '../../../../server/outbound/token-cache.ts';

const hour = 3_600_000;

describe('token cache', () => {
  const clock = createLabClock({ startAt: Date.UTC(2026, 10, 21, 9), paused: true });
  let asked: string[];
  let answer: () => Promise<AccessToken>;
  let cache: TokenCache;
  after(() => clock.stop());

  beforeEach(() => {
    asked = [];
    answer = async () => ({ token: `token ${asked.length}`, expiresAt: clock.now() + hour });
    cache = createTokenCache({ clock, fetch: (key) => { asked.push(key); return answer(); } });
  });

  it('asks once for callers at the same time, and once per key', async () => {
    assert.deepEqual(await Promise.all([cache.get('a'), cache.get('a')]), ['token 1', 'token 1']);
    assert.equal(await cache.get('a'), 'token 1');
    await cache.get('b');
    assert.deepEqual(asked, ['a', 'b']);
  });

  it('renews before the end, not at it', async () => {
    await cache.get('a');
    clock.advance(hour - 5 * 60_000 - 1);
    assert.equal(await cache.get('a'), 'token 1');
    clock.advance(1);
    assert.equal(await cache.get('a'), 'token 2');
  });

  it('lives on the old token while the sign-in service is away, and fails only when it has ended', async () => {
    await cache.get('a');
    answer = () => Promise.reject(new Error('away'));
    clock.advance(hour - 60_000);
    assert.equal(await cache.get('a'), 'token 1');
    clock.advance(60_000);
    await assert.rejects(cache.get('a'), /away/);
  });

  it('does not keep a failure', async () => {
    answer = () => Promise.reject(new Error('away'));
    await assert.rejects(cache.get('a'), /away/);
    answer = async () => ({ token: 'back', expiresAt: clock.now() + hour });
    assert.equal(await cache.get('a'), 'back');
  });

  it('drops the refused token, not the newer one', async () => {
    await cache.get('a');
    cache.drop('a', 'token 1');
    assert.equal(await cache.get('a'), 'token 2');
    cache.drop('a', 'token 1');
    assert.equal(await cache.get('a'), 'token 2');
  });
});
