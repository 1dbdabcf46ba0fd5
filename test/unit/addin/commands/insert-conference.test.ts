import assert from 'node:assert/strict';
import { barText, insertConference } from '../../../../addin/commands/insert-conference.ts';
import type { PutOutcome } from '../../../../addin/invite/outcome.ts';
import { barWords } from '../../../../words/bar.ts';
import { failures, makeServer } from '../invite/server-double.ts';
import { installOffice, makeOffice } from '../office-double.ts';

describe('the ribbon’s Add conference', () => {
  it('says what it does and what came of it, in the bar', async () => {
    const office = makeOffice({ body: '<p>Hi</p>', language: 'de-DE' });
    const remove = installOffice(office);
    await insertConference(makeServer(), 'de-DE');
    remove();
    assert.deepEqual(office.bar, [
      { type: 'progressIndicator', message: 'Konferenz wird eingefügt …' },
      { type: 'informationalMessage', message: 'Konferenz eingefügt. Sie wird gültig, wenn Sie die Einladung senden.', icon: 'tieline.16', persistent: false },
    ]);
  });

  for (const { name, fault } of failures) {
    it(`ends with words, never with an exception, with a server ${name}`, async () => {
      const office = makeOffice({ body: '' });
      const server = makeServer();
      server.before = () => {
        throw fault;
      };
      const remove = installOffice(office);
      await insertConference(server, 'en-US');
      remove();
      assert.equal(office.bar.at(-1)?.type, 'errorMessage');
      assert.ok((office.bar.at(-1)?.message.length ?? 0) > 20);
    });
  }

  it('works where there is no bar, on phones', async () => {
    const office = makeOffice({ body: '<p>Hi</p>', fail: { 'notificationMessages.replaceAsync': 5000 } });
    const remove = installOffice(office);
    await insertConference(makeServer(), 'en-US');
    remove();
    assert.match(office.body, /Join the conference/);
  });

  it('has a text for every outcome', () => {
    const words = barWords('en');
    const full: PutOutcome = { done: 'nothing', trouble: { kind: 'full', over: 1400 } };
    assert.match(barText(full, words, 'en').text, /needs 1,400 more characters/);
    assert.equal(barText({ done: 'nothing', trouble: { kind: 'outlook', call: 'x', code: 1 } }, words, 'en').text, words.outlookRefused);
    assert.equal(barText({ done: 'nothing', trouble: { kind: 'signed-out' } }, words, 'en').text, words.signIn);
  });
});
