import assert from 'node:assert/strict';
import { LINT_RULES, countBlocks, countryOf, lintInvite, markOf } from '../../../../invitation/lint/index.ts';
import type { LintFacts, LintRule, LintedConference } from '../../../../invitation/lint/index.ts';
import { htmlManglings } from '../manglings.ts';
import { block, id, joinBase, otherBlock } from '../sample.ts';

const hostCodeDigits = '730184625';
const conference: LintedConference = { dialIn: ['DE', 'GB'], lobby: true, accessCode: '482913756', hostCode: markOf(hostCodeDigits) };

function invite(over: Partial<LintFacts> = {}): LintFacts {
  const body = over.body ?? `<p>Hello all</p>${block.html}`;
  return { body, location: `Room 4.12; ${joinBase}${id}`, blocks: countBlocks(body), guests: [{ address: 'jonas@example.com', outside: false }], rooms: [], conference, ...over };
}

/** Central Europe: winter, summer, winter. */
const changing = [-60, -120, -60];

const bad: [LintRule, string, Partial<LintFacts>, readonly string[]][] = [
  ['host-code', 'in threes', { body: `<p>Host code: 730&nbsp;184&nbsp;625 #</p>${block.html}` }, []],
  ['host-code', 'in one', { body: `<p>My PIN is <b>730184625</b>.</p>${block.html}` }, []],
  ['host-code', 'with hyphens', { body: `<p>730-184-625</p>${block.html}` }, []],
  ['host-code', 'in a telephone link', { body: `<p><a href="tel:+493023125400,,730184625%23">Call as host</a></p>${block.html}` }, []],
  ['host-code', 'right behind a number', { body: `<p>+49 30 23125 400 730 184 625</p>${block.html}` }, []],
  ['host-code', 'in the location line', { location: `730 184 625; ${joinBase}${id}` }, []],
  ['host-code', 'inside our own block', { body: block.html.replace('482&nbsp;913&nbsp;756', '730&nbsp;184&nbsp;625') }, []],
  ['two-blocks', 'of two conferences', { body: `<p>x</p>${block.html}${otherBlock.html}` }, []],
  ['two-blocks', 'of one conference, pasted twice', { body: `${block.html}<p>and</p>${block.html}` }, []],
  ['two-blocks', 'in plain text', { body: `${block.text}\n\n${otherBlock.text}` }, []],
  ['foreign-block', 'Teams', { body: `<p><a href="https://teams.microsoft.com/l/meetup-join/19%3ameeting_x%40thread.v2/0">Join</a></p>${block.html}` }, ['teams']],
  ['foreign-block', 'Zoom, rewritten by Safe Links', { body: `<a href="https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fzoom.us%2Fj%2F123&amp;data=1">x</a>${block.html}` }, ['zoom']],
  ['foreign-block', 'Webex in the location', { location: `https://acme.webex.com/meet/anna; ${joinBase}${id}` }, ['webex']],
  ['open-to-strangers', 'nobody waits in the lobby', { conference: { ...conference, lobby: false }, guests: [{ address: 'a@example.com', outside: false }, { address: 'eve@partner.com', outside: true }] }, ['eve@partner.com']],
  ['room-strips', 'the location has no link', { location: 'Room 4.12', rooms: ['Room 4.12'] }, ['Room 4.12']],
  ['clock-change', 'a series in UTC', { series: { zone: 'UTC', ownOffsets: changing } }, ['UTC']],
  ['clock-change', 'a series in an offset', { series: { zone: 'Etc/GMT-1', ownOffsets: changing } }, ['Etc/GMT-1']],
  ['clock-change', "Microsoft's offset", { series: { zone: 'UTC-02', ownOffsets: changing } }, ['UTC-02']],
  ['no-dial-in', 'guests of two countries', { guests: [{ address: 'x@firma.at', outside: true }, { address: 'y@firma.at', outside: true }, { address: 'z@bedrijf.nl', outside: true }, { address: 'w@firma.de', outside: true }] }, ['AT', 'NL']],
];

describe('linter: each bad invite raises its rule and no other (M15)', () => {
  for (const [rule, name, over, about] of bad) {
    it(`${rule}: ${name}`, () => assert.deepEqual(lintInvite(invite(over)), [{ rule, about }]));
  }
  it('has a bad invite for every rule', () => {
    assert.deepEqual([...new Set(bad.map(([rule]) => rule))].toSorted(), [...LINT_RULES].toSorted());
  });
});

const fine: [string, Partial<LintFacts>][] = [
  ['an invite as we write it', {}],
  ['plain text', { body: `Hello\n\n${block.text}` }],
  ['the guests\' own code and numbers', { body: `<p>Dial +49 30 23125 400, code 482 913 756</p>${block.html}` }],
  ['another meeting\'s details in a quoted mail', { body: `${block.html}<div id="divRplyFwdMsg">From: Eve</div>${otherBlock.html}<p>730184625 https://zoom.us/j/1</p>` }],
  ['a blockquote with a Teams link', { body: `<blockquote type="cite"><a href="https://teams.microsoft.com/l/meetup-join/19">x</a></blockquote>${block.html}` }],
  ['outsiders who wait in the lobby', { guests: [{ address: 'eve@partner.com', outside: true }] }],
  ['a room whose location line has our link', { rooms: ['Room 4.12'] }],
  ['a series on a clock of a place', { series: { zone: 'W. Europe Standard Time', ownOffsets: changing } }],
  ['London, whose zone is called after Greenwich', { series: { zone: 'GMT Standard Time', ownOffsets: [0, -60, 0] } }],
  ['a series in UTC of somebody whose clock never changes', { series: { zone: 'UTC', ownOffsets: [0, 0, 0] } }],
  ['guests whose address tells no country', { guests: ['a@partner.com', 'b@start.io', 'c@radio.fm', 'd@europa.eu', 'e@x.co.uk'].map((address) => ({ address, outside: true })) }],
  ['a bridge for browsers alone', { conference: { ...conference, dialIn: [] }, guests: [{ address: 'x@firma.at', outside: true }] }],
  ['a longer number that holds the host code', { body: `<p>Order 9730184625</p>${block.html}` }],
];

describe('linter: a good invite raises nothing', () => {
  for (const [name, over] of fine) {
    it(name, () => assert.deepEqual(lintInvite(invite(over)), []));
  }
  for (const [name, mangle] of Object.entries(htmlManglings)) {
    it(`our block after: ${name}`, () => assert.deepEqual(lintInvite(invite({ body: `<p>Hi</p>${mangle(block.html)}` })), []));
  }
  it('without the server, what only it knows is not asked', () => {
    const { conference: _left, ...facts } = invite({ body: `<p>730184625</p>${block.html}`, guests: [{ address: 'x@firma.at', outside: true }] });
    assert.deepEqual(lintInvite(facts), []);
  });
  it('many findings come in the order of their weight', () => {
    const all = lintInvite(invite({ body: `<p>730184625 https://zoom.us/j/1</p>${block.html}${otherBlock.html}`, location: 'Room', rooms: ['Room'], series: { zone: 'UTC', ownOffsets: changing }, guests: [{ address: 'x@firma.at', outside: true }], conference: { ...conference, lobby: false } }));
    assert.deepEqual(all.map((finding) => finding.rule), [...LINT_RULES]);
  });
});

describe('linter: time', () => {
  it('a text of a million characters costs less than the handler has to spare', () => {
    const pieces = ['<p>730 184 62 <a href="https://x.example/a">b</a></p>', '1 ', `<a href="${joinBase}${id}/help">`, '<blockquote>', '<blockquote><blockquote></blockquote>', '730-', '<'];
    for (const piece of pieces) {
      const body = piece.repeat(Math.ceil(1_000_000 / piece.length)) + block.html;
      const started = process.cpuUsage();
      lintInvite(invite({ body }));
      const { user } = process.cpuUsage(started);
      assert.ok(user < 1_500_000, `${piece}: ${user / 1000} ms of processor time`);
    }
  });
});

describe('what the rules know', () => {
  it('countries by the ending of an address', () => {
    assert.deepEqual(['a@b.de', 'a@b.co.uk', 'a@b.com', 'a@B.AT ', 'a@b.io', 'nobody', 'a@b.eu'].map(countryOf), ['DE', 'GB', undefined, 'AT', undefined, undefined, undefined]);
  });
  it('a mark recognises its code and tells next to nothing of it', () => {
    assert.deepEqual(markOf('730184625'), markOf('730184625'));
    const same = Array.from({ length: 4093 * 3 }, (_, index) => String(100_000_000 + index)).filter((code) => markOf(code).mark === markOf('100000007').mark);
    assert.equal(same.length, 3, 'one code in 4,093 has the same mark');
  });
});
