import assert from 'node:assert/strict';
import { findConferenceIds, findForeign, groupDigits } from '../../../invitation/index.ts';
import { block, id, joinBase, otherId } from './sample.ts';

describe('conference ids in a body', () => {
  const cases: Record<string, [string, string[]]> = {
    'the block in HTML': [block.html, [id]],
    'the block in plain text': [block.text, [id]],
    nothing: ['<p>Hi</p>', []],
    'two conferences': [`${joinBase}${id} ${joinBase}${otherId}/dial`, [id, otherId]],
    'a longer word': [`${joinBase}${id}a`, []],
    'a shorter one': [joinBase + id.slice(1), []],
    'a longer host': [`https://not-meet.example.com.evil/j/${id}`, []],
    'a port': ['https://localhost:8443/j/', []],
    'an upper case host': [`HTTPS://MEET.EXAMPLE.COM/j/${id}`, [id]],
    'no scheme': [`meet.example.com/j/${id}`, [id]],
    'character references': [`https:&#47;&#47;meet.example.com&#x2F;j&#47;${id}`, [id]],
  };
  for (const [name, [body, expected]] of Object.entries(cases)) {
    it(`${name}: ${expected.length}`, () => assert.deepEqual(findConferenceIds(body, joinBase), expected));
  }
  it('knows hosts with a port and a hyphen through every rewriter', () => {
    const base = 'https://meet-1.example.com:8443/j/';
    const url = `${base}${id}`;
    for (const rewritten of [
      url,
      `https://eur01.safelinks.protection.outlook.com/?url=${encodeURIComponent(url)}&data=1`,
      `https://urldefense.proofpoint.com/v2/url?u=https-3A__meet-2D1.example.com-3A8443_j_${id}&d=x`,
      `https://urldefense.com/v3/__${url}__;!!x`,
      `https://linkprotect.cudasvc.com/url?a=https%3a%2f%2fmeet-1.example.com%3a8443%2fj%2f${id}&c=x`,
    ]) {
      assert.deepEqual(findConferenceIds(rewritten, base), [id], rewritten);
    }
  });
  it('needs no host: the send handler in classic Outlook does not know it', () => {
    assert.deepEqual(findConferenceIds(`x https://anything.example/j/${id}/help`), [id]);
    assert.deepEqual(findConferenceIds(`%2Fj%2F${id}`), [id]);
  });
});

describe('conferences of others', () => {
  const cases: [string, string[]][] = [
    ['<a href="https://teams.microsoft.com/l/meetup-join/19%3ameeting_x%40thread.v2/0?context=1">Join</a>', ['teams']],
    ['https://teams.live.com/meet/9312345', ['teams']],
    ['https://eu01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fteams.microsoft.com%2Fl%2Fmeetup-join%2F19%253ameeting&data=1', ['teams']],
    ['https://us02web.zoom.us/j/8123456789?pwd=abc', ['zoom']],
    ['https://urldefense.com/v3/__https://us02web.zoom.us/j/81__;!!x', ['zoom']],
    ['https://urldefense.proofpoint.com/v2/url?u=https-3A__us02web.zoom.us_j_81&d=x', ['zoom']],
    ['https://acme.webex.com/acme/j.php?MTID=m123', ['webex']],
    ['https://acme.webex.com/meet/anna', ['webex']],
    ['https://meet.google.com/abc-defg-hij', ['google-meet']],
    ['https://meet.goto.com/123456789', ['goto']],
    ['https://global.gotomeeting.com/join/123', ['goto']],
    ['https://meet.jit.si/WeeklyLogistics', ['jitsi']],
    ['https://teams.microsoft.com/downloads and https://zoom.us/support and https://www.webex.com/ and meet.google.com', []],
    [block.html, []],
    ['https://teams.microsoft.com/meet/1 https://zoom.us/j/1', ['teams', 'zoom']],
  ];
  for (const [body, expected] of cases) {
    it(`${expected.join(', ') || 'none'} in ${body.slice(0, 70)}`, () => assert.deepEqual(findForeign(body), expected));
  }
});

describe('codes', () => {
  it('are grouped in threes, without a lone digit at the end', () => {
    assert.equal(groupDigits('482913756', ' '), '482 913 756');
    assert.equal(groupDigits('4829137561', ' '), '482 913 7561');
    assert.equal(groupDigits('48291375', ' '), '482 913 75');
    assert.equal(groupDigits('7', ' '), '7');
    assert.equal(groupDigits('', ' '), '');
  });
});
