import assert from 'node:assert/strict';
import { array, assert as check, boolean, configureGlobal, constant, constantFrom, nat, oneof, pre, property, string as anyString, tuple } from 'fast-check';
import type { Arbitrary } from 'fast-check';
import { findBlocks, makeBlock, putBlock, putLocation, removeBlock, removeLocation, templateLines } from '../../invitation/index.ts';
import type { Block, BodyFormat } from '../../invitation/index.ts';
import { htmlManglings, textManglings } from '../unit/invitation/manglings.ts';
import { block, details, english, german, germanBlock, id, joinBase, otherBlock, texts } from '../unit/invitation/sample.ts';

/** More histories on request, and those of a failure again: `TIELINE_RUNS=20 TIELINE_SEED=1608325046 npx mocha …`. */
const times = Number(process.env['TIELINE_RUNS'] ?? '1');
const seed = process.env['TIELINE_SEED'];
if (seed !== undefined) configureGlobal({ seed: Number(seed) });

const bilingual = makeBlock(details({ moreNumbers: false }), german, english);
/** As a template dresses it: logo above, legal texts of both languages below. */
const logo = { text: 'Northwind Traders', imageUrl: 'https://img.example.com/logo.png', width: 160, height: 40 };
const legal = ['Recording needs <b>everyone’s</b> consent.<br><a href="https://example.com/privacy">Privacy</a>', 'Eine Aufnahme braucht die Zustimmung aller. '.repeat(9)];
const dressed = makeBlock(details({ logo, legal }), english, german);
/** What the dressed one says is known to those that come after it, as the server tells it. */
const former = templateLines(logo, legal);
/** What a removal knows: the invite's block as the server tells it. */
const told = { texts, block: { ...block, former } };
const blocks: readonly Block[] = [...[block, germanBlock, otherBlock, bilingual].map((one) => ({ ...one, former })), dressed];

/** Words of the user, each recognisable; none looks like a line of ours. */
const word = anyString({ unit: constantFrom('a', 'b', 'c', 'd', 'e', 'f'), minLength: 1, maxLength: 3 }).map((letters) => `user${letters}word`);
const sentence = array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' '));

const htmlPiece = oneof(
  sentence.map((text) => `<p>${text}</p>`),
  sentence.map((text) => `<div class="elementToProof" style="font-family: Aptos, 'x > y'">${text}<br></div>`),
  sentence.map((text) => `${text}<br>\r\n`),
  sentence.map((text) => `<ul><li>${text}</li><li>&nbsp;</li></ul>`),
  sentence.map((text) => `<table border=1><tr><td>${text}</td><td><table><tr><td>${text}</td></tr></table></td></tr></table>`),
  sentence.map((text) => `<table><tr><td>${text}</td></tr></table>`),
  sentence.map((text) => `<!-- ${text} > --><blockquote>${text}</blockquote>`),
  sentence.map((text) => `<p>---------- ${text} <img src="data:image/png;base64,AAAA" alt='a>b'></p><hr>`),
  sentence.map((text) => `<p><a href="https://teams.microsoft.com/l/meetup-join/19%3ameeting">${text}</a></p>`),
  sentence.map((text) => `<p>Code ${text}: 1234 #</p><p>Ä &auml; &lt; ${text} &#8203;</p>`),
  constantFrom('<p>&nbsp;</p>', '<p><br></p>', '\r\n', '<o:p></o:p>', '<!--[if mso]> <td> <![endif]-->', '<p>', '</div>', '<p>unclosed <b>bold'),
);
const htmlBody = tuple(array(htmlPiece, { maxLength: 6 }), boolean()).map(([pieces, whole]) => {
  if (whole) return `<html xmlns:o="urn:x"><head><meta charset="utf-8"><style>p > a {}</style></head><body>${pieces.join('')}</body></html>\r\n`;
  return pieces.join('');
});

const textPiece = oneof(sentence, sentence.map((text) => `> ${text}`), sentence.map((text) => `-- \n${text}`), constantFrom('', '   ', '--------', 'Passcode: 99', '________________________________'));
const textBody = tuple(array(textPiece, { maxLength: 8 }), constantFrom('\n', '\r\n')).map(([lines, lineBreak]) => lines.join(lineBreak));

/** What people type, in the shapes that come closest to lines of ours. */
const typed = oneof(
  sentence,
  word.map((own) => `${own}: 1234`),
  word.map((own) => `${own}:`),
  tuple(word, word).map(([label, value]) => `${label}: ${value}`),
  word.map((own) => `${own} | ${own}`),
);

type Step = { kind: 'put'; block: Block } | { kind: 'remove' } | { kind: 'mangle'; name: string } | { kind: 'type'; words: string; at: number } | { kind: 'delete'; at: number };

function steps(names: readonly string[]): Arbitrary<Step[]> {
  return array(
    oneof(
      constantFrom(...blocks).map((chosen): Step => ({ kind: 'put', block: chosen })),
      constant<Step>({ kind: 'remove' }),
      constantFrom(...names).map((name): Step => ({ kind: 'mangle', name })),
      tuple(typed, nat(1000)).map(([words, at]): Step => ({ kind: 'type', words, at })),
      nat(1000).map((at): Step => ({ kind: 'delete', at })),
    ),
    { minLength: 1, maxLength: 8 },
  );
}

function userWords(body: string): string[] {
  return [...new Set(body.match(/user[a-f]+word/g) ?? [])];
}

/** Where a user can type so that the words stand by themselves: between paragraphs or at a line's start, also inside our block. */
function typingPlaces(body: string, format: BodyFormat): number[] {
  const pattern = format === 'html' ? /<\/p>|<br>/gi : /^/gm;
  return [...body.matchAll(pattern)].map((match) => match.index + match[0].length);
}

function typeInto(body: string, format: BodyFormat, words: string, at: number): string {
  const places = typingPlaces(body, format);
  const place = places[at % Math.max(1, places.length)];
  if (place === undefined) return body + words;
  const typed = format === 'html' ? `<p>${words}</p>` : `${words}\n`;
  return body.slice(0, place) + typed + body.slice(place);
}

/** Deletes one paragraph or line of ours. */
function deleteFrom(body: string, format: BodyFormat, at: number): string {
  const found = findBlocks(body, format, joinBase)[0];
  if (found === undefined) return body;
  const inside = body.slice(found.start, found.end);
  const parts = format === 'html' ? [...inside.matchAll(/<p\b[^>]*>(?:(?!<\/?p\b)[\s\S])*<\/p>|<br>[^<]*/gi)] : [...inside.matchAll(/^.+$/gm)];
  const own = parts.filter((part) => !/user[a-f]+word/.test(part[0]));
  const part = own[at % Math.max(1, own.length)];
  if (part === undefined) return body;
  const start = found.start + part.index;
  return body.slice(0, start) + body.slice(start + part[0].length);
}

function apply(body: string, format: BodyFormat, step: Step): string {
  const manglings = format === 'html' ? htmlManglings : textManglings;
  if (step.kind === 'put') return putBlock(body, format, step.block, texts).body;
  if (step.kind === 'remove') return removeBlock(body, format, joinBase, told).body;
  if (step.kind === 'type') return typeInto(body, format, step.words, step.at);
  if (step.kind === 'delete') return deleteFrom(body, format, step.at);
  const found = findBlocks(body, format, joinBase)[0];
  const mangle = manglings[step.name];
  if (found === undefined || mangle === undefined) return body;
  return body.slice(0, found.start) + mangle(body.slice(found.start, found.end)) + body.slice(found.end);
}

const formats = [
  { format: 'html', body: htmlBody, names: Object.keys(htmlManglings) },
  { format: 'text', body: textBody, names: Object.keys(textManglings).filter((name) => name !== 'id broken in two') },
] as const;

for (const { format, body: anyBody, names } of formats) {
  describe(`promise 2, any history of a ${format} body`, () => {
    it('no word of the user is ever lost, whatever was typed, deleted and mangled', () => {
      check(
        property(anyBody, steps(names), (start, history) => {
          let body = start;
          for (const step of history) {
            const words = userWords(step.kind === 'type' ? body + step.words : body);
            const next = apply(body, format, step);
            for (const expected of words) assert.ok(next.includes(expected), `${step.kind} lost ${expected}`);
            body = next;
          }
        }),
        { numRuns: 400 * times },
      );
    });
    it('after putting, exactly one block is there, whole, and putting again changes nothing', () => {
      check(
        property(anyBody, steps(names), constantFrom(...blocks), (start, history, last) => {
          const body = history.reduce((current, step) => apply(current, format, step), start);
          const put = putBlock(body, format, last, texts);
          const found = findBlocks(put.body, format, joinBase, { block: last });
          assert.equal(found.length, 1);
          assert.deepEqual([found[0]?.damaged, found[0]?.kept], [false, []]);
          assert.deepEqual(putBlock(put.body, format, last, texts), { outcome: 'unchanged', body: put.body, kept: [] });
        }),
        { numRuns: 400 * times },
      );
    });
    it('in and out gives back every byte', () => {
      check(
        property(anyBody, array(constantFrom(...blocks), { minLength: 1, maxLength: 4 }), (start, puts) => {
          const put = puts.reduce((current, one) => putBlock(current, format, one, texts).body, start);
          assert.equal(removeBlock(put, format, joinBase, told).body, start);
        }),
        { numRuns: 400 * times },
      );
    });
    it('outside the block every byte stays, wherever the user put it', () => {
      check(
        property(anyBody, anyBody, constantFrom(...blocks), constantFrom(...blocks), (head, tail, first, second) => {
          const lineBreak = format === 'html' ? '' : '\n';
          const upper = format === 'html' ? `${head}<p>end</p>` : `${head}end`;
          const set = format === 'html' ? first.html : `\n\n${first.text}`;
          const want = format === 'html' ? second.html : `\n\n${second.text}`;
          const body = upper + set + lineBreak + tail;
          pre(!/<blockquote|<p>unclosed|<td> <!|\r/.test(body) && !/^>/m.test(body));
          if (first === second) assert.equal(putBlock(body, format, second, texts).body, body);
          else assert.equal(putBlock(body, format, second, texts).body, upper + want + lineBreak + tail);
          assert.equal(removeBlock(body, format, joinBase, told).body, upper + lineBreak + tail);
        }),
        { numRuns: 300 * times },
      );
    });
  });
}

describe('bodies that no client would write', () => {
  const rubble = array(constantFrom('<', '>', '<a ', '<p', '<table>', '</table>', '<td>', '</td>', '<!--', '-->', '<style>', '</style>', '<b>', '</b>', '&', ';', ' ', ' Q ', '\n', `${joinBase}${id}`, `${joinBase}${id}/help`, '</body>', '<br>', 'href='), { maxLength: 40 }).map((parts) => parts.join(''));
  it('never throw, and nothing outside our own addresses is lost', () => {
    check(
      property(rubble, constantFrom<BodyFormat>('html', 'text'), (body, format) => {
        const removed = removeBlock(body, format, joinBase, { texts });
        if (format === 'text') assert.equal(removed.body.split('Q').length, body.split('Q').length);
        putBlock(body, format, block, texts);
        findBlocks(body, format);
      }),
      { numRuns: 1500 * times },
    );
  });
  it('do not cost the square of their length', () => {
    for (const piece of ['<a ', '<!--', '<a b="', '<style>', '<td>', `<p>${joinBase}${id}`, 'https://', `${joinBase}${id}/help<br>`, '<blockquote><table><tr><td>', '&#x', '> ']) {
      const body = `${piece.repeat(Math.ceil(300_000 / piece.length))}${joinBase}${id}`;
      const started = process.cpuUsage();
      for (const format of ['html', 'text'] as const) findBlocks(body, format, joinBase);
      const spent = process.cpuUsage(started);
      assert.ok(spent.user / 1000 < 3000, `${piece} took ${spent.user / 1000} ms of processor time`);
    }
  });
  it('nor tables in tables, each with a word and an address of ours', () => {
    const piece = `<table><tr><td>x ${joinBase}${id} `;
    const depth = Math.ceil(300_000 / piece.length);
    const body = piece.repeat(depth) + '</td></tr></table>'.repeat(depth);
    const started = process.cpuUsage();
    findBlocks(body, 'html', joinBase);
    const spent = process.cpuUsage(started).user / 1000;
    assert.ok(spent < 3000, `took ${spent} ms of processor time`);
  });
});

describe('location line', () => {
  const room = array(constantFrom('Room 4.12', 'Küche', 'https://maps.example.com/j/x', 'A; B', '4711'), { maxLength: 4 }).map((parts) => parts.join('; '));
  it('takes our address in and out without a trace, and never holds two', () => {
    check(
      property(room, (location) => {
        const put = putLocation(location, joinBase + id, joinBase);
        assert.equal(put.outcome, 'inserted');
        assert.ok(put.location.endsWith(joinBase + id));
        assert.equal(putLocation(put.location, joinBase + id, joinBase).outcome, 'unchanged');
        assert.equal(removeLocation(put.location, joinBase).location, location);
        const other = putLocation(put.location, `${joinBase}abcdefghijklmnopqrstuvwxyz`, joinBase);
        assert.equal(other.outcome, 'replaced');
        assert.ok(!other.location.includes(id));
      }),
    );
  });
  it('is written as specified', () => {
    assert.equal(putLocation('Room 4.12', joinBase + id, joinBase).location, `Room 4.12; ${joinBase}${id}`);
    assert.equal(putLocation('', joinBase + id, joinBase).location, joinBase + id);
    assert.equal(removeLocation(`${joinBase}${id}; Room 4.12`, joinBase).location, 'Room 4.12');
  });
  it('is left alone when it would be too long', () => {
    const long = 'R'.repeat(240);
    assert.deepEqual(putLocation(long, joinBase + id, joinBase), { outcome: 'too-long', location: long });
  });
});
