import assert from 'node:assert/strict';
import { openStage, type Desk, type Stage } from '../support/tieline.ts';

const patience = 20_000;
const teams = '<div style="margin-bottom:24px; overflow:hidden; white-space:nowrap">________________________________________________________________________________</div><div class="me-email-text" lang="en-US"><div><span style="font-size:24px">Microsoft Teams</span></div><div><a href="https://teams.microsoft.com/l/meetup-join/19%3ameeting_Zm9v%40thread.v2/0?context=%7b%22Tid%22%3a%22x%22%7d">Join the meeting now</a></div><div><span>Meeting ID: </span><span>123 456 789 01</span></div></div>';
const written = [
  '<p>Hi all,<br>please bring the numbers &amp; the <b><i>forecast</i></b>&nbsp;– 3 &lt; 4.</p>',
  '<table border="1" style="border-collapse:collapse"><tbody><tr><td style="width:80px">Week</td><td>47</td></tr><tr><td colspan="2">ö ß 漢 🙂</td></tr></tbody></table>',
  '<p><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" alt="plan" width="1" height="1"></p>',
  '<div id="Signature"><p>--&nbsp;</p><p style="color:#444">Anna Berger<br>Example GmbH · <a href="tel:+4930123">+49 30 123</a></p></div>',
  teams,
].join('');

/** The body in a message of office.js: an answer's, or a call's parameters. */
function textOf(message: unknown): string | undefined {
  const { data } = (message ?? {}) as { data?: unknown };
  return typeof data === 'string' && data.includes('forecast') ? data : undefined;
}

describe('promise 2: we touch our own block of an invite and nothing else', function () {
  this.timeout(90_000);
  let stage: Stage;
  let desk: Desk;
  let withBlock = '';

  const body = async (): Promise<string> => (await desk.outlook((outlook) => outlook.item))?.fields.body.content ?? '';
  const add = async (): Promise<void> => desk.outlook(async (outlook) => {
    await outlook.press('Conference > Add conference');
    await outlook.idle();
  });

  /** The add-in's last `body.setAsync` (dispid 38) as it went over the wire, and the body that it had been given before. */
  async function wire(): Promise<{ got: string; handed: string }> {
    const trace = await desk.outlook((outlook) => outlook.trace);
    const at = trace.findLastIndex(({ dispid, data }) => dispid === 38 && textOf((data as { ApiParams?: unknown }).ApiParams) !== undefined);
    const handed = textOf((trace[at]?.data as { ApiParams?: unknown } | undefined)?.ApiParams) ?? '';
    const got = trace.slice(0, Math.max(0, at)).map(({ data }) => textOf(data)).findLast((text) => text !== undefined) ?? '';
    return { got, handed };
  }

  /** What `long` has more than `short`, and what stands around it, where both are the same. */
  function without(long: string, short: string): { before: string; gone: string; behind: string } {
    let start = 0;
    while (start < short.length && long[start] === short[start]) start += 1;
    let end = 0;
    while (end < short.length - start && long.at(-1 - end) === short.at(-1 - end)) end += 1;
    return { before: long.slice(0, start), gone: long.slice(start, long.length - end), behind: long.slice(long.length - end) };
  }

  before(async () => {
    stage = await openStage();
    desk = await stage.open();
    await desk.outlook((outlook, content) => outlook.edit({ subject: 'Weekly', body: { type: 'html', content } }), written);
  });

  after(async () => stage?.stop());

  it('added, everything outside the block is byte for byte what Outlook gave', async () => {
    await add();
    await desk.idInBody();
    withBlock = await body();
    // What the add-in was given and what it handed back; Outlook rewrites HTML afterwards, as it does with everybody's.
    const { got, handed } = await wire();
    assert.ok(got.includes('Microsoft Teams') && got.includes('漢'));
    const { before, gone, behind } = without(handed, got);
    assert.equal(before + behind, got);
    assert.match(gone, /\/j\/[a-z2-7]{26}/);
  });

  it('added again, nothing at all changes', async () => {
    await add();
    assert.equal(await body(), withBlock);
  });

  it('removed, the body is what it was before', async () => {
    const given = await body();
    // Neither Add nor Remove asks first (ux.md §1): the pane opens and does it.
    await desk.outlook((outlook) => outlook.press('Conference > Remove'));
    await desk.page.waitForFunction(() => {
      const { item } = (globalThis as unknown as { outlook: { item: unknown } }).outlook;
      return !/\/j\/[a-z2-7]{26}/.test(JSON.stringify(item));
    }, undefined, { timeout: patience });
    const { got, handed } = await wire();
    assert.ok(given.length > 0 && got.includes('forecast'));
    const { before, gone, behind } = without(got, handed);
    assert.equal(before + behind, handed);
    assert.match(gone, /\/j\/[a-z2-7]{26}/);
    assert.ok(!/\/j\/[a-z2-7]{26}/.test(handed));
  });
});
