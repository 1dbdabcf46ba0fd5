import assert from 'node:assert/strict';
import { PLAIN, findBlocks, languagesOf, lintFragment, lintLogo, makeDressed, putBlock, templateLines, textLines } from '../../../invitation/index.ts';
import type { Dress, FragmentCode, Logo } from '../../../invitation/index.ts';
import { fragmentWords } from '../../../words/fragment.ts';
import { details, english, german, id, joinBase, texts } from './sample.ts';

const bad: [FragmentCode, string, string][] = [
  ['element-dropped', '<script>alert(1)</script>', 'script'],
  ['element-dropped', 'See <svg></svg>', 'svg'],
  ['element-dropped', '<video></video>', 'video'],
  ['element-dropped', '<form></form>', 'form'],
  ['element-dropped', '<style>p{}</style>', 'style'],
  ['element-not-here', '<div>Words</div>', 'div'],
  ['element-not-here', '<table></table>', 'table'],
  ['element-not-here', '<img>', 'img'],
  ['element-not-here', '<h1>Terms</h1>', 'h1'],
  ['name-dropped', '<b class="big">x</b>', 'class'],
  ['name-dropped', '<a id="x" href="https://example.com">x</a>', 'id'],
  ['script', '<b onclick="x()">x</b>', 'onclick'],
  ['script', '<b ONMOUSEOVER=x>x</b>', 'onmouseover'],
  ['attribute-dropped', '<a href="https://example.com" target="_blank">x</a>', 'target'],
  ['style-dropped', '<b style="float:left">x</b>', 'float'],
  ['style-dropped', '<b style="display:flex">x</b>', 'display'],
  ['style-dropped', '<b style="font-size:2em">x</b>', 'font-size'],
  ['colour', '<b style="color:#000">x</b>', 'color'],
  ['colour', '<b style="background-color: white">x</b>', 'background-color'],
  ['colour', '<font>x</font>', 'font'],
  ['colour', '<b bgcolor="#fff">x</b>', 'bgcolor'],
  ['too-small', '<b style="font-size:8pt">x</b>', 'font-size'],
  ['too-small', '<b style="font-size:11px">x</b>', 'font-size'],
  ['too-large', '<b style="font-size:20pt">x</b>', 'font-size'],
  ['link-not-https', '<a href="http://example.com">x</a>', 'http://example.com'],
  ['link-not-https', '<a href="/terms">x</a>', '/terms'],
  ['link-not-https', '<a href="data:text/html,x">x</a>', 'data:text/html,x'],
  ['script', '<a href="javascript:x">x</a>', 'javascript:x'],
  ['link-not-https', '<a href="java\tscript:x">x</a>', 'java\tscript:x'],
  ['link-of-ours', `<a href="${joinBase}${id}">x</a>`, `${joinBase}${id}`],
  ['link-of-ours', `Join at ${joinBase}${id}`, `Join at ${joinBase}${id}`],
  ['comment', 'x<!--[if mso]>y<![endif]-->', '<!--[if mso]>y<![endif]-->'],
  ['not-closed', 'x <b>y', 'b'],
  ['not-closed', 'x</a>', 'a'],
  ['not-closed', 'x <b', '<'],
  ['looks-like-rule', 'x<br>----------', '----------'],
  ['too-long', 'x'.repeat(2001), '2000'],
];

const fine = ['', 'Plain words & "quotes".', 'a < b', '<b>Weight</b>, <i>slant</i><br>new line', '<a href="https://example.com/privacy">Privacy</a> <a href="mailto:dpo@example.com">Mail</a> <a href="tel:+4930">Call</a>', '<strong style="font-size:10pt;font-weight:bold">x</strong>', 'Größe &auml; &amp; &#8203;'];

describe('lint of legal texts: what Word, phones and dark mode drop', () => {
  for (const [code, html, what] of bad) {
    it(`${code}: ${html.slice(0, 50)}`, () => {
      const found = lintFragment(html);
      assert.deepEqual([...new Set(found.map((finding) => finding.code))], [code]);
      assert.equal(found[0]?.what, what);
    });
  }
  for (const html of fine) it(`nothing: ${html.slice(0, 50)}`, () => assert.deepEqual(lintFragment(html), []));
  it('points at the place in the source', () => {
    const html = 'Words, <b>then</b> <span>x</span>';
    const [finding] = lintFragment(html);
    assert.equal(html.slice(finding?.start, finding?.end), '<span>');
  });
  it('has words with a remedy for every code, in every language', () => {
    for (const language of ['en', 'de']) {
      const words = fragmentWords(language);
      for (const [code, , what] of bad) assert.ok(words[code].lead(what).length > 10 && words[code].remedy.length > 10, code);
    }
  });
  it('does not cost the square of its length, whatever it holds', () => {
    const started = process.cpuUsage();
    for (const piece of ['<b ', '<a href="', '<!--', '<b>', '&#x', 'style="', '<br>']) lintFragment(piece.repeat(200_000 / piece.length));
    assert.ok(process.cpuUsage(started).user < 1_500_000);
  });
});

describe('lint of a logo', () => {
  const logo: Logo = { text: 'Northwind Traders', imageUrl: 'https://img.example.com/logo.png', width: 160, height: 40 };
  const wrong: [FragmentCode, Partial<Logo>][] = [
    ['picture-not-https', { imageUrl: 'http://img.example.com/l.png' }],
    ['picture-not-https', { imageUrl: 'data:image/png;base64,AAAA' }],
    ['picture-not-https', { imageUrl: 'https://x"onerror="y' }],
    ['picture-without-size', { width: 0 }],
    ['picture-without-words', { text: ' ' }],
    ['too-large', { width: 400 }],
    ['looks-like-rule', { text: '--------------' }],
    ['link-of-ours', { text: `${joinBase}${id}` }],
  ];
  for (const [code, over] of wrong) it(`${code} ${JSON.stringify(over)}`, () => assert.deepEqual(lintLogo({ ...logo, ...over }).map((finding) => finding.code), [code]));
  it('finds nothing wrong with a good one, with a picture or without', () => assert.deepEqual([...lintLogo(logo), ...lintLogo({ text: 'Northwind', imageUrl: '', width: 0, height: 0 })], []));
});

describe('legal text in plain text', () => {
  it('has each address alone on its line, below its words', () => {
    assert.deepEqual(textLines('Read <b>this</b>: <a href="https://example.com/p?a=1&amp;b=2">Privacy</a>, or write<br><a href="mailto:dpo@example.com">dpo@example.com</a>'), ['Read this: Privacy, or write', 'https://example.com/p?a=1&b=2', 'dpo@example.com']);
  });
});

describe('a template dresses the block', () => {
  const dress: Dress = { languages: ['de'], languagesLocked: false, logo: { text: 'Northwind <Traders>', imageUrl: 'https://img.example.com/l.png?a=1&b=2', width: 160, height: 40 }, legal: { en: 'Recorded.', de: 'Aufgezeichnet.', fr: 'Jamais.' }, hide: [] };
  const textsIn = (language: string) => (language === 'de' ? german : english);
  const make = (over: Partial<Dress> = {}, own = 'en') => makeDressed({ ...dress, ...over }, own, (language) => details({ numbers: [{ country: language === 'de' ? 'Deutschland' : 'Germany', display: '+49 30 1', e164: '+49301' }] }), textsIn);

  it('logo above, then the fixed order, legal texts below in the order of the languages', () => {
    const { html, text } = make();
    const order = ['<img src="https://img.example.com/l.png?a=1&amp;b=2" alt="Northwind &lt;Traders&gt;" width="160" height="40" border="0">', 'Join the conference', 'Passcode: ', 'By phone', 'Access code', 'An der Konferenz', 'Host / Leitung: ', '>Recorded.<', '>Aufgezeichnet.<'];
    const places = order.map((part) => html.indexOf(part));
    assert.ok(places.every((place, index) => place > (places[index - 1] ?? -1)), JSON.stringify(places));
    assert.ok(!html.includes('Jamais'));
    assert.match(text, /^-{40}\nNorthwind <Traders>\nJoin the conference\n[\s\S]*\/help\n\nRecorded\.\n\nAufgezeichnet\.\n-{40}$/);
  });
  it('the language of the conference leads, with its country names; a locked template leads itself', () => {
    assert.deepEqual([languagesOf(dress, 'en'), languagesOf(dress, 'de'), languagesOf({ ...dress, languagesLocked: true }, 'en'), languagesOf({ ...PLAIN, languagesLocked: true }, 'en')], [['en', 'de'], ['de'], ['de'], ['en']]);
    assert.ok(make({}, 'de').html.includes('Deutschland: ') && make({ languagesLocked: true }, 'en').html.includes('Deutschland: '));
  });
  for (const [part, gone] of [['passcode', /Passcode|7391/], ['phone', /By phone|Access code|\/dial/], ['more-numbers', /\/dial/], ['host', /Host|Anna/]] as const) {
    it(`leaves out: ${part}; the block is still found, whole`, () => {
      const block = make({ hide: [part], languages: [] });
      for (const format of ['html', 'text'] as const) {
        assert.doesNotMatch(block[format], gone);
        const put = putBlock(format === 'html' ? '<p>Hi</p>' : 'Hi', format, block, texts);
        assert.deepEqual(findBlocks(put.body, format, joinBase, { texts, block }).map(({ damaged, kept }) => [damaged, kept]), [[false, []]]);
      }
    });
  }
  it('a new template takes the old one out, to the last line', () => {
    const before = make();
    const former = templateLines(dress.logo, Object.values(dress.legal));
    const after = { ...make({ logo: { text: 'Contoso', imageUrl: '', width: 0, height: 0 }, legal: { en: 'Not recorded.' }, languages: [] }), former };
    for (const format of ['html', 'text'] as const) {
      const first = putBlock(format === 'html' ? '<p>Hi</p>' : 'Hi', format, before, texts).body;
      const put = putBlock(first, format, after, texts);
      assert.deepEqual(put.outcome === 'replaced' && put.kept, []);
      assert.equal(put.body, putBlock(format === 'html' ? '<p>Hi</p>' : 'Hi', format, after, texts).body);
    }
  });
  it('another picture in our block is the user\'s, and stays', () => {
    const block = make();
    const body = block.html.replace('Join the conference</b></a></p>', 'Join the conference</b></a></p><p><img src="https://user.example/map.png"></p>');
    const put = putBlock(body, 'html', make({ languages: [] }), texts);
    assert.ok(put.body.includes('<p><img src="https://user.example/map.png"></p>'));
  });
  it('HTML that the lint refuses is written as text, should it ever get so far', () => {
    const { html } = make({ legal: { en: '<img src=x onerror=alert(1)>' } });
    assert.ok(html.includes('&lt;img src=x onerror=alert(1)&gt;'));
  });
});
