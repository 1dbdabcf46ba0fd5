import assert from 'node:assert/strict';
import { storedBody, textOf } from '../../../../lab/exchange/sanitise.ts';
import { ada, bob, meeting, twoPeople } from './world.ts';

function stored(content: string, isCopy = false): string {
  const { content: page } = storedBody({ type: 'html', content }, isCopy);
  return /<body>\r\n([^]*)\r\n<\/body>/.exec(page)?.[1] ?? page;
}

describe('lab exchange: what storing does to a body', () => {
  it('wraps HTML into a page of its own, whatever page it came in', () => {
    const page = storedBody({ type: 'html', content: '<!DOCTYPE html><html><head><title>t</title><style>p{}</style></head><body bgcolor="red"><p>x</p></body></html>' }).content;
    assert.match(page, /^<html>\r\n<head>\r\n<meta http-equiv="Content-Type" content="text\/html; charset=utf-8">\r\n<\/head>\r\n<body>\r\n/);
    assert.equal(stored(page), stored(storedBody({ type: 'html', content: page }).content));
    assert.doesNotMatch(page, /style|doctype/i);
  });

  it('takes out scripts, comments, handlers, unknown attributes and dangerous addresses', () => {
    assert.equal(stored('<p data-id="1" onclick="x()" style="color:red">a<!-- mark --><script>evil()</script></p>'), '<p style="color:red">a</p>');
    assert.equal(stored('<a href="javascript:alert(1)">x</a><a href=" JavaScript:1">y</a><a href="https://x.test/?a=1&amp;b=2">z</a>'), '<a>x</a><a>y</a><a href="https://x.test/?a=1&amp;b=2">z</a>');
    assert.equal(stored('<!--[if mso]>a<![endif]-->b<!-- never closed'), 'b');
  });

  it('renames ids and classes in another’s copy, once more with every copy', () => {
    const once = stored('<div id="block" class="a b">x</div>', true);
    assert.equal(once, '<div id="x_block" class="x_a x_b">x</div>');
    assert.equal(stored(once, true), '<div id="x_x_block" class="x_x_a x_x_b">x</div>');
    const { exchange } = twoPeople();
    exchange.send(ada, { ...meeting, body: { type: 'html', content: '<p id="k">x</p>' } });
    assert.match(exchange.list(ada)[0]?.body.content ?? '', /id="k"/);
    assert.match(exchange.list(bob)[0]?.body.content ?? '', /id="x_k"/);
  });

  it('leaves plain text but for its line ends', () => {
    assert.deepEqual(storedBody({ type: 'text', content: 'a <b>\n c' }), { type: 'text', content: 'a <b>\r\n c' });
  });

  it('gives the text of HTML with links and entities', () => {
    assert.equal(textOf({ type: 'html', content: '<head><meta x></head><p>A&amp;B &#252;</p><p>see <a href="https://x.test/j">here</a></p>' }), 'A&B ü\r\nsee here<https://x.test/j>');
  });

  it('ends on hostile HTML in time', function () {
    this.timeout(1_000);
    const hostile = `${'<a '.repeat(20_000)}${'<!--'.repeat(20_000)}${'<p x='.repeat(5_000)}`;
    assert.equal(typeof stored(hostile), 'string');
    const open = `${'<a href="x">'.repeat(20_000)}${'<head'.repeat(20_000)}${'<'.repeat(50_000)}`;
    assert.equal(typeof textOf({ type: 'html', content: open }), 'string');
    assert.equal(typeof stored('<script>'.repeat(20_000)), 'string');
  });
});
