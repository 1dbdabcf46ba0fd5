import assert from 'node:assert/strict';
import { findBlocks, makeBlock, putBlock, removeBlock } from '../../../invitation/index.ts';
import { block, details, english, german, germanBlock, id, joinBase, otherBlock, otherId, texts } from './sample.ts';
import { htmlManglings, textManglings } from './manglings.ts';

const before = '<html><head><style><!-- p.x {color:red} > --></style></head><body lang="DE">\r\n<div class="elementToProof">Hi  all,<br>numbers for week 47 &lt;3 </div>\r\n';
const after = '<div id="Signature"><p>-- <br>Anna</p></div></body>\r\n</html>\r\n';

function blocksIn(body: string, format: 'html' | 'text') {
  return findBlocks(body, format, joinBase, { texts });
}

describe('invite block in HTML', () => {
  it('goes to the end of what is shown and leaves every other byte alone', () => {
    const result = putBlock(before + after, 'html', block, texts);
    assert.equal(result.outcome, 'inserted');
    assert.equal(result.body, `${before}<div id="Signature"><p>-- <br>Anna</p></div>${block.html}</body>\r\n</html>\r\n`);
    assert.deepEqual(blocksIn(result.body, 'html').map((found) => [found.id, found.damaged, found.kept]), [[id, false, []]]);
  });
  it('is taken out without a trace', () => {
    for (const body of ['', 'Hi', '<p>Hi</p>', before + after, '<div><br></div>']) {
      const put = putBlock(body, 'html', block, texts);
      const removed = removeBlock(put.body, 'html', joinBase, { texts });
      assert.equal(removed.outcome, 'removed');
      assert.equal(removed.body, body);
    }
  });
  it('is left alone when it says the same already', () => {
    const put = putBlock(before + after, 'html', block, texts);
    const again = putBlock(put.body, 'html', block, texts);
    assert.deepEqual(again, { outcome: 'unchanged', body: put.body, kept: [] });
  });
  it('is replaced where it stands when it says something else', () => {
    const put = `${before}${block.html}${after}`;
    const result = putBlock(put, 'html', germanBlock, texts);
    assert.equal(result.outcome, 'replaced');
    assert.equal(result.body, `${before}${germanBlock.html}${after}`);
  });
  it('of another meeting, copied with its text, is replaced', () => {
    const result = putBlock(`${before}${otherBlock.html}${after}`, 'html', block, texts);
    assert.equal(result.body, `${before}${block.html}${after}`);
  });
  it('in two copies becomes one', () => {
    const result = putBlock(`${before}${block.html}<p>between</p>${otherBlock.html}${after}`, 'html', block, texts);
    assert.equal(result.body, `${before}${block.html}<p>between</p>${after}`);
  });
  for (const [name, mangle] of Object.entries(htmlManglings)) {
    it(`is known and replaced after: ${name}`, () => {
      const mangled = mangle(block.html);
      const body = before + mangled + after;
      assert.deepEqual(blocksIn(body, 'html').map((found) => found.id), [id]);
      const result = putBlock(body, 'html', germanBlock, texts);
      const found = blocksIn(result.body, 'html');
      assert.equal(found.length, 1);
      assert.deepEqual(found[0]?.kept, []);
      assert.ok(!result.body.includes('Access code'), 'no word of the old block is left');
      assert.ok(result.body.startsWith(before));
      assert.ok(result.body.includes(germanBlock.html));
      const removed = removeBlock(body, 'html', joinBase, { texts });
      assert.doesNotMatch(removed.body, /Access code|Join the conference|7391/);
      assert.ok(removed.body.startsWith(before) && removed.body.endsWith(after));
    });
  }
  it('written in two languages is known whole', () => {
    const both = makeBlock(details({ legal: ['Recording needs everyone’s consent.'] }), english, german);
    const put = putBlock('<p>Hi</p>', 'html', both, texts);
    assert.deepEqual(removeBlock(put.body, 'html', joinBase, { block: both, texts }), { outcome: 'removed', body: '<p>Hi</p>', kept: [] });
    assert.equal(putBlock(put.body, 'html', both, texts).outcome, 'unchanged');
    const withoutLegal = makeBlock(details(), english, german);
    assert.deepEqual(removeBlock(putBlock('', 'html', withoutLegal, texts).body, 'html', joinBase, { texts }).kept, []);
  });
  it('gives back the words that the user wrote inside it', () => {
    const edited = block.html.replace('<br>Passcode', ' (new link)<br>Passcode').replace('Access code: ', 'please be on time<br><i>Bring</i> numbers<br>Access code: ');
    const result = putBlock(`${before}${edited}${after}`, 'html', germanBlock, texts);
    assert.equal(result.outcome, 'replaced');
    for (const words of ['(new link)', 'please be on time', '<i>Bring</i> numbers']) assert.ok(result.body.includes(words), words);
    assert.equal(blocksIn(result.body, 'html').length, 1);
    const removed = removeBlock(`${before}${edited}${after}`, 'html', joinBase, { texts });
    for (const words of ['(new link)', 'please be on time', '<i>Bring</i> numbers']) assert.ok(removed.body.includes(words), words);
  });
  it('keeps a code of the user’s that stands beside one of ours', () => {
    for (const place of ['<br>Passcode', '<br>Access code']) {
      const edited = block.html.replace(place, `<br>Door: 4711${place}`);
      for (const chosen of [block, germanBlock]) assert.ok(putBlock(edited, 'html', chosen, texts).body.includes('Door: 4711'), place);
    }
    const number = block.html.replace('<br>Access', '<br>My mobile: +49 171 1234567<br>Access');
    assert.ok(putBlock(number, 'html', germanBlock, texts).body.includes('My mobile: +49 171 1234567'));
  });
  it('keeps a picture and a table that the user put into it', () => {
    const edited = block.html.replace('</td>', '<p><img src="cid:1"></p><table><tr><td>a</td><td>b</td></tr></table></td>');
    const removed = removeBlock(`${before}${edited}${after}`, 'html', joinBase, { texts });
    assert.ok(removed.body.includes('<img src="cid:1">'));
    assert.ok(removed.body.includes('<p>a</p><p>b</p>'));
  });
  it('leaves a row alone that the user added to our table', () => {
    const edited = block.html.replace('</td></tr>', '</td></tr><tr><td>Agenda: 1. figures</td></tr>');
    const result = putBlock(`${before}${edited}${after}`, 'html', germanBlock, texts);
    assert.ok(result.body.includes('<tr><td>Agenda: 1. figures</td></tr>'));
    assert.equal(blocksIn(result.body, 'html').length, 1);
    assert.doesNotMatch(result.body, /Passcode|Access code/);
  });
  it('does not take a sentence of the user that mentions the address', () => {
    const mention = `<p>Our link is ${joinBase}${id} as ever.</p>`;
    const put = putBlock(mention, 'html', block, texts);
    assert.equal(put.outcome, 'inserted');
    assert.equal(put.body, mention + block.html);
    assert.equal(removeBlock(put.body, 'html', joinBase, { texts }).body, mention);
    const bare = `<p>${joinBase}${id}</p>`;
    assert.equal(removeBlock(bare + block.html, 'html', joinBase, { texts }).body, bare, 'a copied address beside the block is the user’s');
  });
  it('does not take the user’s table that holds the address', () => {
    const agenda = `<table><tr><td>Topic</td><td>Figures</td></tr><tr><td>Link</td><td>see ${joinBase}${id} please</td></tr></table>`;
    assert.equal(removeBlock(agenda, 'html', joinBase, { texts }).body, agenda);
    assert.equal(putBlock(agenda, 'html', block, texts).body, agenda + block.html);
  });
  it('does not take the cell around ours, where words of an older block were kept before it', () => {
    const kept = `<p>Access code: 123 456 789 #<a href="${joinBase}${otherId}/dial">Numbers in other countries</a></p>`;
    for (const words of [kept, `<p>our old link was ${joinBase}${otherId} until today</p>`]) {
      const around = (inside: string): string => `<table><tr><td>logo</td><td>${words}${inside}</td></tr></table>`;
      assert.deepEqual(blocksIn(around(block.html), 'html').map((found) => [found.id, found.damaged, found.kept]), [[id, false, []]]);
      assert.equal(putBlock(around(block.html), 'html', block, texts).outcome, 'unchanged');
      assert.equal(putBlock(around(otherBlock.html), 'html', block, texts).body, around(block.html));
      assert.equal(removeBlock(around(block.html), 'html', joinBase, { texts }).body, around(''));
    }
  });
  it('does not take a mail that is laid out in one cell', () => {
    const letter = `<table><tr><td><p>one</p><p>two</p><p>three</p><p><a href="${joinBase}${id}">Join</a></p><p>four</p><p>five <a href="${joinBase}${id}/help">help</a></p></td></tr></table>`;
    const removed = removeBlock(letter, 'html', joinBase, { texts }).body;
    for (const word of ['one', 'two', 'three', 'four', 'five']) assert.ok(removed.includes(word));
    assert.ok(removed.startsWith('<table><tr><td><p>one</p>'));
  });
  it('half deleted is reported, and only what is surely ours is taken', () => {
    const noHelp = block.html.replace(/<p style="margin:0">.*<\/p>/, '');
    assert.deepEqual(blocksIn(noHelp, 'html').map((found) => found.damaged), [true]);
    const noCode = block.html.replace(/<br>Access code.*?#/, '');
    assert.deepEqual(blocksIn(noCode, 'html').map((found) => found.damaged), [false], 'a conference without code looks like that');
    assert.deepEqual(findBlocks(noCode, 'html', joinBase, { block }).map((found) => found.damaged), [true], 'but this one has a code');
    const onlyLink = `<p>Agenda</p><p><a href="${joinBase}${id}">Join the conference</a></p><p>Access code for the door: 12</p>`;
    assert.deepEqual(blocksIn(onlyLink, 'html').map((found) => found.damaged), [true]);
    assert.deepEqual(removeBlock(onlyLink, 'html', joinBase, { texts }), { outcome: 'parts', body: '<p>Agenda</p><p>Access code for the door: 12</p>', kept: [] });
    const repaired = putBlock(onlyLink, 'html', block, texts);
    assert.equal(repaired.body, `<p>Agenda</p><p>Access code for the door: 12</p>${block.html}`);
  });
  it('turned into plain lines by a client is known from link to link', () => {
    const lines = `Hi<br>Join the conference &lt;${joinBase}${id}&gt;<br>${joinBase}${id}<br>Passcode: 7391<br><br>By phone<br>Germany: +49 30 23125 400 &lt;tel:+493023125400,,482913756%23&gt;<br>Access code: 482 913 756 #<br>Numbers in other countries &lt;${joinBase}${id}/dial&gt;<br><br>Host: Anna Berger&nbsp; |&nbsp; Help joining &lt;${joinBase}${id}/help&gt;<br>Bye`;
    assert.deepEqual(blocksIn(lines, 'html').map((found) => [found.damaged, found.kept]), [[false, []]]);
    const removed = removeBlock(lines, 'html', joinBase, { texts }).body;
    assert.doesNotMatch(removed, /conference|Passcode|phone|Germany|code|Host/);
    assert.match(removed, /^Hi<br>[<br>]*Bye$/);
  });
  it('is not found for another host, nor for an id that is too long', () => {
    assert.deepEqual(findBlocks(block.html, 'html', 'https://other.example.com/j/'), []);
    assert.deepEqual(findBlocks(block.html, 'html', 'https://eet.example.com/j/'), []);
    assert.deepEqual(blocksIn(block.html.split(id).join(`${id}a`), 'html'), []);
    assert.equal(findBlocks(block.html, 'html').length, 1, 'without a host every host counts');
  });
  it('never takes the place of a block in a quoted mail', () => {
    const quoted = `<p>New text</p><hr><div id="divRplyFwdMsg">From: Bob</div><p>Old text</p>${otherBlock.html}<p>Bye</p>`;
    const result = putBlock(quoted, 'html', block, texts);
    assert.equal(result.body, `<p>New text</p><hr><div id="divRplyFwdMsg">From: Bob</div><p>Old text</p><p>Bye</p>${block.html}`);
    assert.deepEqual(blocksIn(result.body, 'html').map((found) => found.id), [id]);
    assert.notEqual(otherId, id);
  });
});

describe('invite block in plain text', () => {
  for (const body of ['', 'Hi', 'Hi\n', 'Hi all,\r\n\r\nnumbers\r\n', '\n\n\n']) {
    it(`goes in and out without a trace: ${JSON.stringify(body)}`, () => {
      const put = putBlock(body, 'text', block, texts);
      assert.equal(put.outcome, 'inserted');
      assert.ok(put.body.startsWith(body));
      assert.equal(putBlock(put.body, 'text', block, texts).outcome, 'unchanged');
      assert.equal(removeBlock(put.body, 'text', joinBase, { texts }).body, body);
    });
  }
  it('uses the line breaks of the body', () => {
    assert.doesNotMatch(putBlock('a\r\nb', 'text', block, texts).body, /[^\r]\n/);
  });
  for (const [name, mangle] of Object.entries(textManglings)) {
    it(`is known and replaced after: ${name}`, () => {
      const body = `Hi all\n\n${mangle(block.text)}\nBye`;
      assert.deepEqual(blocksIn(body, 'text').map((found) => found.id), [id]);
      const result = putBlock(body, 'text', germanBlock, texts);
      assert.equal(blocksIn(result.body, 'text').length, 1);
      assert.doesNotMatch(result.body, /Access code|Passcode|Join the/);
      assert.match(result.body, /^Hi all[\s\S]*Bye/);
    });
  }
  it('gives back the words that the user wrote inside it', () => {
    const edited = block.text.replace('Passcode', 'Do not tell anybody!\nPasscode').replace('\nHost', '\nPlease be on time\nHost');
    const result = putBlock(`Hi\n\n${edited}\nBye`, 'text', germanBlock, texts);
    assert.match(result.body, /Do not tell anybody!/);
    assert.match(result.body, /Please be on time/);
    assert.equal(blocksIn(result.body, 'text').length, 1);
  });
  it('without its rules is reported as damaged when its end is gone too', () => {
    const body = `Hi\n${joinBase}${id}\nRoom: 1234\nBye`;
    assert.deepEqual(blocksIn(body, 'text').map((found) => found.damaged), [true]);
    assert.deepEqual(removeBlock(body, 'text', joinBase, { texts }), { outcome: 'parts', body: 'Hi\nRoom: 1234\nBye', kept: [] });
  });
  it('with a text from the user between the rules of somebody else is not touched', () => {
    const body = `----------------------------------------\nMinutes\nsee ${joinBase}${id} there\n----------------------------------------`;
    assert.equal(removeBlock(body, 'text', joinBase, { texts }).body, body);
  });
});

describe('body limit', () => {
  it('is a typed answer and never a shorter body', () => {
    const body = 'x'.repeat(999_000);
    const result = putBlock(body, 'html', block, texts);
    assert.deepEqual(result, { outcome: 'too-large', body, over: 999_000 + block.html.length - 1_000_000 });
    assert.equal(putBlock('x'.repeat(1_000_000 - block.html.length), 'html', block, texts).outcome, 'inserted');
  });
});
