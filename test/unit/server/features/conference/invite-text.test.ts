import assert from 'node:assert/strict';
import { makeBlock } from '../../../../../invitation/index.ts';
import { findKeywords, onlyKeyword } from '../../../../../server/domain/booking-keyword.ts';
import { bookedTexts, replacedTexts, type InviteWish } from '../../../../../server/features/conference/invite/invite-text.ts';
import { everyBlock, wordsFor } from '../../../../../words/index.ts';

const joinBase = 'https://meet.example.com/j/';
const mine = `${joinBase}abcdefghijklmnopqrstuvwx22`;
const other = `${joinBase}zzzzzzzzzzzzzzzzzzzzzzzz77`;

function wish(joinUrl = mine): InviteWish {
  const details = { joinUrl, passcode: '1234', accessCode: '482913756', numbers: [], moreNumbers: false, host: 'Anna' };
  return { block: makeBlock(details, wordsFor('en').block), joinUrl, joinBase, texts: everyBlock };
}

const html = (content: string) => ({ format: 'html' as const, content });

describe('the booking keyword', () => {
  for (const [text, found] of [
    ['@conf', 1], ['@CONF', 1], ['Room 4; @conf', 1], ['@conf, Room 4', 1], ['@conf:room', 1], ['@conference', 0], ['me@conf.example.com', 0], ['a@conf', 0], ['@conf:roomy', 0], ['conf', 0], ['', 0], ['@conf @conf', 2],
  ] as const) {
    it(`stands ${found} times in "${text}"`, () => assert.equal(findKeywords(text, '@conf').length, found));
  }

  it('with ":room" it asks for the own room', () => assert.deepEqual(findKeywords('x; @conf:room', '@conf').map(({ wantsOwnRoom }) => wantsOwnRoom), [true]));

  it('is all that is told of a private place', () => {
    assert.equal(onlyKeyword('Dr. Who, @Conf', '@conf'), '@conf');
    assert.equal(onlyKeyword('Dr. Who', '@conf'), '');
    assert.equal(onlyKeyword('@conf', null), '');
  });

  it('may be any word with a sign before it, without being read as a pattern', () => {
    assert.equal(findKeywords('!brücke-1', '!brücke-1').length, 1);
    assert.equal(findKeywords('#tel', '#tel').length, 1);
  });
});

describe('what is written into an invite that asked by the keyword', () => {
  it('the word gives way to the link, and the body gets the block; everything else stays byte for byte', () => {
    const body = '<html><body><p>Agenda &amp; more</p></body></html>';
    const { change, carries } = bookedTexts({ places: ['Room 4', 'Berlin @conf'], body: html(body) }, '@conf', wish());
    assert.equal(carries, 'block');
    assert.deepEqual(change?.places, ['Room 4', `Berlin ${mine}`]);
    assert.ok(change.body?.startsWith('<html><body><p>Agenda &amp; more</p>') && change.body.includes(mine));
  });

  it('a body that may not be written to is left alone: the place alone carries the link', () => {
    assert.deepEqual(bookedTexts({ places: ['@conf'], body: null }, '@conf', wish()), { change: { places: [mine] }, carries: 'place-only' });
  });

  it('an invite with a link of ours books nothing, wherever it stands', () => {
    for (const texts of [{ places: [`@conf; ${other}`], body: html('') }, { places: ['@conf'], body: html(`<p>${other}</p>`) }]) {
      assert.deepEqual(bookedTexts(texts, '@conf', wish()), { change: null, carries: 'nothing' });
    }
  });

  it('what it wrote asks for nothing any more', () => {
    const { change } = bookedTexts({ places: ['@conf; @conf'], body: html('') }, '@conf', wish());
    assert.deepEqual(bookedTexts({ places: change?.places ?? [], body: html(change?.body ?? '') }, '@conf', wish()).change, null);
    assert.equal(findKeywords((change?.places ?? []).join(), '@conf').length, 0);
  });

  it('a place with no room for the link loses the word only, when the body carries the block', () => {
    const long = `${'x'.repeat(230)} @conf`;
    assert.deepEqual(bookedTexts({ places: [long], body: html('') }, '@conf', wish()).change?.places, ['x'.repeat(230)]);
    assert.equal(bookedTexts({ places: [long], body: null }, '@conf', wish()).change, null);
  });
});

describe('what is written into a copied invite', () => {
  const theirs = (): string => `<p>Agenda</p>${wish(other).block.html}<p>Bye</p>`;

  it('its own block takes the other one\'s place, in the body and in the location', () => {
    const { change, carries } = replacedTexts({ places: [`Room 4; ${other}`], body: html(theirs()) }, wish());
    assert.equal(carries, 'block');
    assert.deepEqual(change?.places, [`Room 4; ${mine}`]);
    assert.ok(change.body?.includes(mine) && !change.body.includes(other));
    assert.match(change.body ?? '', /^<p>Agenda<\/p>[^]*<p>Bye<\/p>$/);
  });

  it('is all or nothing', () => assert.deepEqual(replacedTexts({ places: [other], body: null }, wish()), { change: null, carries: 'nothing' }));

  it('the second time nothing is left to write', () => {
    const { change } = replacedTexts({ places: [other], body: html(theirs()) }, wish());
    assert.deepEqual(replacedTexts({ places: change?.places ?? [], body: html(change?.body ?? '') }, wish()), { change: null, carries: 'block' });
  });
});
