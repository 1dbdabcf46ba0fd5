import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { makeBlock, writeBlock } from '../../../invitation/index.ts';
import type { BlockDetails } from '../../../invitation/index.ts';
import { details, english, german, joinBase } from './sample.ts';

function golden(name: string): string {
  return readFileSync(new URL(`golden/${name}`, import.meta.url), 'utf8').replace(/\n$/, '');
}

const pictured: BlockDetails = details({ joinUrl: `${joinBase}k7v9-m2qx-4tnd` });
const picturedGerman: BlockDetails = {
  ...pictured,
  numbers: [
    { country: 'Deutschland', display: '+49 30 23125 400', e164: '+493023125400' },
    { country: 'Vereinigtes Königreich', display: '+44 20 7946 0400', e164: '+442079460400' },
  ],
};

describe('invite block as written', () => {
  it('is the specified markup in English, to the letter', () => {
    assert.equal(writeBlock(pictured, english, 'html'), golden('block.en.html'));
  });
  it('is the specified markup in German', () => {
    assert.equal(writeBlock(picturedGerman, german, 'html'), golden('block.de.html'));
  });
  it('is the specified plain text in both languages', () => {
    assert.equal(writeBlock(pictured, english, 'text'), golden('block.en.txt'));
    assert.equal(writeBlock(picturedGerman, german, 'text'), golden('block.de.txt'));
  });
  it('says two languages in one cell, host and help once', () => {
    assert.equal(writeBlock(pictured, english, 'html', german), golden('block.en-de.html'));
    assert.equal(writeBlock(pictured, english, 'text', german), golden('block.en-de.txt'));
  });
  it('never lets a host name become markup or a second line', () => {
    const hostile = details({ host: 'Eve</td><script>alert(1)</script>\r\n-----\u202eevil "x" & Co' });
    const html = writeBlock(hostile, english, 'html');
    assert.ok(html.includes('Eve&lt;/td&gt;&lt;script&gt;alert(1)&lt;/script&gt; ----- evil &quot;x&quot; &amp; Co'));
    assert.equal(html.split('</td>').length, 2);
    const text = writeBlock(hostile, english, 'text');
    assert.equal(text.split('\n').length, writeBlock(details(), english, 'text').split('\n').length);
  });
  it('keeps plain text within 72 characters, addresses alone on their lines', () => {
    const long = details({ host: 'Dr. '.repeat(40), legal: ['Recording needs the consent of everyone. '.repeat(8)] });
    for (const line of writeBlock(long, english, 'text', german).split('\n')) {
      assert.ok(line.length <= 72, line);
      if (line.includes('https://')) assert.match(line, /^https:\S+$/);
    }
  });
  it('shows at most three numbers and leaves out what a conference does not have', () => {
    const many = Array.from({ length: 5 }, (_, n) => ({ country: `C${n}`, display: `+49 30 ${n}`, e164: `+4930${n}` }));
    assert.equal(writeBlock(details({ numbers: many }), english, 'html').split('href="tel:').length, 4);
    const bare = writeBlock({ joinUrl: joinBase, numbers: [], moreNumbers: false, host: 'A' }, english, 'html');
    assert.doesNotMatch(bare, /Passcode|By phone|Access code|other countries/);
  });
  it('has no class, id, comment, image, background or text colour', () => {
    const html = writeBlock(pictured, english, 'html', german);
    assert.doesNotMatch(html, /class=|id=|<!--|<img|background|[^-]color:|bgcolor/);
  });
  it('knows where its addresses live', () => {
    assert.equal(makeBlock(details(), english).joinBase, joinBase);
  });
});
