import assert from 'node:assert/strict';
import { makeBlock, type Block, type BlockDetails, type BodyFormat } from '../../../../../../invitation/index.ts';
import { reissuedText, restoredText, type Reissued } from '../../../../../../server/features/conference/reissue/reissued-text.ts';
import { everyBlock, wordsFor } from '../../../../../../words/index.ts';

const joinBase = 'https://meet.example.com/j/';
const id = 'abcdefghijklmnopqrstuvwxyz';
const details: BlockDetails = { joinUrl: `${joinBase}${id}`, passcode: '7391', accessCode: '482913756', numbers: [{ country: 'Germany', display: '+49 30 23125 400', e164: '+493023125400' }], moreNumbers: false, host: 'Anna' };
const block = (number: string, more: Partial<BlockDetails> = {}): Block => makeBlock({ ...details, numbers: [{ country: 'Germany', display: number, e164: number }], ...more }, wordsFor('en').block);
const [former, wanted] = [block('+493023125400'), block('+493023125499')];

const bodies: Record<BodyFormat, (inner: string) => string> = {
  html: (inner) => `<html><head><style>p{}</style></head><body><p>Agenda &amp; more</p>${inner}<p>See you</p></body></html>`,
  text: (inner) => `Agenda\r\n\r\n${inner}\r\n\r\nSee you`,
};

function texts(content: string, format: BodyFormat = 'html') {
  return { places: [], body: { format, content } };
}

function written(result: Reissued): Extract<Reissued, { kind: 'write' }> {
  assert.equal(result.kind, 'write', JSON.stringify(result));
  return result.kind === 'write' ? result : assert.fail();
}

describe('what a reissue makes of one invite', () => {
  for (const format of ['html', 'text'] as const) {
    const body = bodies[format](former[format]);

    it(`${format}: the new block comes, undo brings every letter back, and what was written around it since stays`, () => {
      const first = written(reissuedText(texts(body, format), id, wanted, everyBlock));
      assert.ok(first.body.includes('+493023125499') && !first.body.includes('+493023125400'));
      assert.deepEqual(reissuedText(texts(first.body, format), id, wanted, everyBlock), { kind: 'same' });
      assert.equal(written(restoredText(texts(first.body, format), id, first, joinBase, everyBlock)).body, body);
      const edited = first.body.replace('See you', 'See you there');
      assert.equal(written(restoredText(texts(edited, format), id, first, joinBase, everyBlock)).body, body.replace('See you', 'See you there'));
      assert.deepEqual(restoredText(texts(body, format), id, first, joinBase, everyBlock), { kind: 'same' });
    });

    it(`${format}: a word of the organizer's is in nothing that is kept`, () => {
      const { before, after } = written(reissuedText(texts(body, format), id, wanted, everyBlock));
      assert.doesNotMatch(before + after, /Agenda|See you/);
      assert.ok(before.includes('+493023125400') && after.includes('+493023125499'));
    });
  }

  it('legal lines of a template are no words of the organizer\'s', () => {
    const legal = { legal: ['Example Ltd, London'] };
    const result = written(reissuedText(texts(bodies.html(block('+493023125400', legal).html)), id, block('+493023125499', legal), everyBlock));
    assert.match(result.before, /Example Ltd/);
  });

  const own = former.html.replace('</td>', '<p>Ring me first</p></td>');
  for (const [what, input, reason] of [
    ['a body that does not round-trip', { places: [], body: null }, 'body'],
    ['an invite without a block', texts(bodies.html('<p>nothing</p>')), 'no-block'],
    ['two blocks', texts(bodies.html(former.html + wanted.html)), 'several-blocks'],
    ['another conference\'s block', texts(bodies.html(former.html.replaceAll(id, 'b'.repeat(26)))), 'several-blocks'],
    ['the organizer\'s words inside the block', texts(bodies.html(own)), 'own-words'],
  ] as const) {
    it(`${what}: left alone (${reason})`, () => assert.deepEqual(reissuedText(input, id, wanted, everyBlock), { kind: 'left', reason }));
  }

  it('undo leaves a block alone that was written anew since', () => {
    const first = written(reissuedText(texts(bodies.html(former.html)), id, wanted, everyBlock));
    const since = bodies.html(block('+493023125455').html);
    assert.deepEqual(restoredText(texts(since), id, first, joinBase, everyBlock), { kind: 'left', reason: 'changed-since' });
  });
});
