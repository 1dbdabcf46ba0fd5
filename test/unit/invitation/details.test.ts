import assert from 'node:assert/strict';
import { makeBlock, readDetails } from '../../../invitation/index.ts';
import { block, details, english, german, id, joinBase, texts } from './sample.ts';
import { htmlManglings, textManglings } from './manglings.ts';

describe('what a guest reads from a block', () => {
  const whole = {
    id,
    joinUrl: joinBase + id,
    accessCode: '482913756',
    passcode: '7391',
    numbers: [
      { country: 'Germany', display: '+49 30 23125 400' },
      { country: 'United Kingdom', display: '+44 20 7946 0400' },
    ],
  };
  it('is all of it, in both formats', () => {
    assert.deepEqual(readDetails(`<p>Hi: 12</p>${block.html}`, 'html', texts), whole);
    assert.deepEqual(readDetails(`Hi: 12\n${block.text}`, 'text', texts), whole);
  });
  it('is told once for two languages', () => {
    const both = makeBlock(details(), german, english);
    assert.deepEqual(readDetails(both.html, 'html', texts), whole);
  });
  for (const name of ['Safe Links', 'Word paragraphs', 'wrapped source', 'x_ prefixes and dropped styles']) {
    it(`survives ${name}`, () => assert.deepEqual(readDetails(htmlManglings[name]?.(block.html) ?? '', 'html', texts), whole));
  }
  it('survives quoting', () => assert.deepEqual(readDetails(textManglings['quoted']?.(block.text) ?? '', 'text', texts), whole));
  it('has no address when every copy was rewritten, and is nothing without a block', () => {
    const rewritten = textManglings['Safe Links']?.(block.text) ?? '';
    assert.equal(readDetails(rewritten, 'text', texts)?.joinUrl, undefined);
    assert.equal(readDetails('<p>Hi</p>', 'html', texts), undefined);
  });
});
