import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAsterisk } from '../../../../../../lab/asterisk/index.ts';
import { createLabClock, type TurnableClock } from '../../../../../../lab/clock.ts';
import { soundName } from '../../../../../../server/connectors/asterisk/greetings/sound-name.ts';
import { soundsOfAri } from '../../../../../../server/connectors/asterisk/greetings/sounds-of-ari.ts';
import { TheirError } from '../../../../../../server/domain/errors.ts';

const own = 'tieline/greetings';

describe('sounds that a phone system tells of', () => {
  let clock: TurnableClock;
  beforeEach(() => void (clock = createLabClock({ paused: true })));
  afterEach(() => clock.stop());

  const at = (port: number, password = 'open sesame') => ({ connector: 'pbx', clock, url: `http://127.0.0.1:${port}`, username: 'tieline', password });

  it('are called as the dialplan calls them: folders of languages are left out, all others stay', () => {
    assert.deepEqual([soundName('en', 'hello'), soundName('pt_BR', 'digits/1'), soundName('custom', 'closed'), soundName('tieline', 'a/b'), soundName('en', '../x'), soundName('en', 'a b'), soundName('x', 'y'.repeat(100))], ['hello', 'digits/1', 'custom/closed', 'tieline/a/b', null, null, null]);
  });

  it('come from ARI, each once, without those that we make', async () => {
    const pbx = await createAsterisk({ clock, users: [], phones: [], agiUrl: 'agi://127.0.0.1:1/x', sounds: { 'tieline/closed': 'We are closed.', 'tieline/greetings/en-1': 'Anna is out.', 'beside the folders': 'In no index.' }, ariUsers: [{ name: 'tieline', password: 'open sesame', readOnly: true }] });
    try {
      const all = await soundsOfAri(at(pbx.ariPort), own);
      assert.ok(all.includes('vm-isunavail') && all.includes('digits/at') && all.includes('tieline/closed'));
      assert.deepEqual(all.filter((each) => each.includes('greetings') || each.includes('beside')), []);
      assert.deepEqual(all, [...new Set(all)].toSorted((one, other) => (one < other ? -1 : 1)));
      await assert.rejects(soundsOfAri(at(pbx.ariPort, 'wrong'), own), (error: unknown) => error instanceof TheirError && error.fault === 'denied' && /ari\.conf/.test(error.remedy ?? ''));
    } finally {
      await pbx.close();
    }
  });

  it('are none where there is nothing, and an answer that is no list is told as such', async () => {
    let [status, body] = [404, '{"message":"No sounds found that matched the query"}'];
    const server = createServer((_asked, answer) => void answer.writeHead(status, { 'content-type': 'application/json' }).end(body));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const fault = async (): Promise<string> => soundsOfAri(at(port), own).then(() => 'none', (error: unknown) => (error instanceof TheirError ? error.fault : String(error)));
    try {
      assert.deepEqual(await soundsOfAri(at(port), own), []);
      [status, body] = [500, ''];
      assert.equal(await fault(), 'unavailable');
      for (const odd of ['<html>', '{}', '[{"id":1}]', 'null']) {
        [status, body] = [200, odd];
        assert.equal(await fault(), 'unreadable', odd);
      }
    } finally {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  });
});
