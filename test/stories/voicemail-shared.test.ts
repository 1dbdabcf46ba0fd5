import assert from 'node:assert/strict';
import pg from 'pg';
import type { FrameLocator, Page } from 'playwright-core';
import { anna, openStage, type Desk, type Stage } from '../support/tieline.ts';

const patience = 60_000;
const jonas = 'jonas.weber@example.com';

/** Anna's Outlook and her pane beside its inbox, as a visitor of the lab uses them, and the box of a colleague that she looks after with him. */
describe('voicemail from the inbox, and in a box that two people look after', function () {
  this.timeout(180_000);
  let stage: Stage;
  let desk: Desk;
  let page: Page;
  let pane: FrameLocator;

  before(async () => {
    stage = await openStage();
    desk = await stage.open();
    page = desk.page;
    pane = page.frameLocator('.ol-pane iframe');
  });
  after(() => stage.stop());

  async function until<T>(what: string, look: () => T | undefined | Promise<T | undefined>): Promise<T> {
    const end = Date.now() + patience;
    for (;;) {
      const seen = await look();
      if (seen !== undefined) return seen;
      if (Date.now() > end) throw new Error(`not ${what}; the pane: ${await pane.locator('body').innerText().catch(String)}; the server: ${stage.log.slice(-15).join('')}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  const voicemail = () => stage.tieline.lab.asterisk.exchange.voicemail;
  const shows = (selector: string, text: string | RegExp): Promise<void> => pane.locator(selector, { hasText: text }).first().waitFor({ timeout: patience });
  const press = (name: string): Promise<void> => pane.getByRole('button', { name, exact: true }).click({ timeout: patience });
  const line = (caller: string) => page.locator('.ol-mail', { hasText: caller }).first();
  const command = (name: string): Promise<void> => page.locator(`[data-ribbon="${name}"]`).click();

  function folderOf(box: string, id: string): string | undefined {
    const found = voicemail().box(box);
    return found && voicemail().spool.summary(found).find((each) => each.id === id)?.folder;
  }
  const isThere = (id: string): boolean => ['INBOX', 'Old'].includes(folderOf('201@default', id) ?? '');

  /** A caller leaves a message; Anna finds it in her inbox, opens it, and her pane beside it. */
  async function openFromInbox(name: string): Promise<string> {
    const id = voicemail().leave('201@default', { caller: { name, number: '203' }, seconds: 20 });
    await until('mailed', () => stage.tieline.lab.exchange.mail.list(anna).find(({ subject }) => subject.includes(name)));
    await page.locator('.ol-title-mails').click();
    await line(name).click({ timeout: patience });
    await page.locator('.ol-read-subject', { hasText: name }).waitFor({ timeout: patience });
    await desk.outlook(async (outlook) => {
      await outlook.press('Voicemail');
      await outlook.idle();
    });
    await shows('.caller h2', name);
    return id;
  }

  async function asJonas<T>(method: string, path: string, body?: object): Promise<T> {
    const { lab, serverAddress } = stage.tieline;
    const token = await lab.entra.issueToken({ person: jonas, audience: lab.secrets.clientId, scopes: ['access_as_user'] });
    const response = await fetch(`${serverAddress()}${path}`, { method, headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    assert.ok(response.ok, `${method} ${path}: ${response.status}`);
    const answer: T = await response.json();
    return answer;
  }

  it('thrown away in Outlook a message is gone from the phone, and moved back it is there again', async () => {
    const id = await openFromInbox('Mia Mail');
    await command('Delete');
    await until('gone from the phone', () => (isThere(id) ? undefined : true));
    await page.locator('.ol-mails button', { hasText: 'Deleted Items' }).click();
    await line('Mia Mail').click({ timeout: patience });
    await command('Restore');
    await until('back on the phone', () => (isThere(id) ? true : undefined));
  });

  it('a busy desk phone is told, with the way to play it here', async () => {
    await openFromInbox('Ben Busy');
    const mend = stage.tieline.lab.asterisk.faults.busy('201');
    await press('Play on phone');
    await shows('.message.amber', 'Desk phone 201 is busy.');
    await mend();
  });

  it('a colleague\'s full box takes nothing, Asterisk says "successful", and the pane says so and offers the mail', async () => {
    const his = voicemail().box('202@default');
    assert.ok(his);
    const { maxMessages } = his;
    voicemail().leave('202@default', { caller: { name: 'One too many', number: '203' }, seconds: 3 });
    his.maxMessages = 1;
    try {
      await press('Forward');
      await pane.locator('#forward-to').fill(jonas);
      await press('Into their voicemail');
      await shows('.message.red', 'Jonas Weber\'s box is full.');
      await pane.getByRole('button', { name: 'Send by mail' }).waitFor();
    } finally {
      his.maxMessages = maxMessages;
    }
  });

  it('two people on one box: a new message and who takes it are seen by the other at once, and who is late hears so', async () => {
    // What the administrator's page writes down.
    const client = new pg.Client({ connectionString: stage.databaseUrl ?? undefined });
    await client.connect();
    await client.query('insert into voicemail_member (tenant_id, instance, box, person_id, access) select tenant_id, \'pbx\', \'202@default\', person_id, \'handle\' from person where address = $1', [anna]);
    await client.end();
    // Pinned, the pane stays when the mail is left.
    await desk.outlook((outlook) => outlook.taskpane.pin(true));
    await page.locator('.ol-title-mails').click();
    await shows('h3', 'My messages');
    voicemail().leave('202@default', { caller: { name: 'Tia Team', number: '203' }, seconds: 20 });
    const row = pane.locator('.voicemail', { hasText: 'Tia Team' });
    await row.locator('.team', { hasText: 'Nobody has this.' }).waitFor({ timeout: patience });
    await press('Take: Tia Team');
    await row.locator('.team', { hasText: 'You took this' }).waitFor({ timeout: patience });
    const { voicemail: list } = await asJonas<{ voicemail: { id: string; callerName: string }[] }>('GET', '/api/v1/voicemail');
    const path = `/api/v1/voicemail/${list.find(({ callerName }) => callerName === 'Tia Team')?.id}`;
    const { team } = await asJonas<{ team: { taken: { personId: string } } }>('GET', `${path}/team`);
    await asJonas('POST', `${path}/take`, { from: team.taken.personId });
    await row.locator('.team', { hasText: 'Jonas Weber took this' }).waitFor({ timeout: patience });
    await row.locator('.row').click();
    await shows('.team', 'Jonas Weber took this');
    assert.equal(await pane.locator('.danger').count(), 0, 'deleting is not hers');
  });
});
