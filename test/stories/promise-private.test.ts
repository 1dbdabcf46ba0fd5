import assert from 'node:assert/strict';
import { Client } from 'pg';
import { anna, openStage, type Desk, type Stage } from '../support/tieline.ts';

const hour = 3_600_000;
/** Words that stand nowhere else. */
const secrets = ['Zwetschgenkuchen', 'Hinterzimmer', 'Gehaltsliste'];

/** Every row of every table of ours, as text. */
async function rowsOf(url: string): Promise<string> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ name: string }>("select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')");
    const texts: string[] = [];
    for (const { name } of tables) texts.push(...(await client.query<{ row: string }>(`select each::text as row from ${name} each`)).rows.map(({ row }) => `${name} ${row}`));
    return texts.join('\n');
  } finally {
    await client.end();
  }
}

/** Plain, in hexadecimal (bytea) and in Base64 would all be leaks. */
function assertHidden(text: string, where: string): void {
  for (const word of secrets) {
    const spellings = [word, Buffer.from(word).toString('hex'), Buffer.from(word).toString('base64').replace(/.{2}=*$/, '')];
    for (const spelling of spellings) assert.ok(!text.toLowerCase().includes(spelling.toLowerCase()), `${word} stands in ${where}`);
  }
}

describe('promise 5: private stays private', function () {
  this.timeout(90_000);
  let stage: Stage;
  let desk: Desk;
  let id = '';

  before(async () => {
    stage = await openStage();
    desk = await stage.open();
    await desk.outlook((outlook) => outlook.edit({
      subject: 'Zwetschgenkuchen', sensitivity: 'private', places: [{ name: 'Hinterzimmer' }], body: { type: 'html', content: '<p>About the Gehaltsliste.</p>' },
      attendees: [{ name: 'Jonas Weber', address: 'jonas.weber@example.com', type: 'required', response: 'none' }],
    }));
    await desk.outlook(async (outlook) => {
      await outlook.press('Conference > Add conference');
      await outlook.idle();
    });
    id = await desk.idInBody();
    assert.equal((await desk.outlook((outlook) => outlook.send())).kind, 'sent');
    await stage.conferenceIs(id, ({ state, bridge }) => state === 'scheduled' && bridge.state === 'agreed', 'scheduled');
    // Seen by the server in the calendar, too: on a way that has nothing to do with the add-in.
    const event = stage.tieline.lab.exchange.list(anna).find((each) => each.subject === 'Zwetschgenkuchen') ?? assert.fail('not in the calendar');
    stage.tieline.lab.exchange.move(anna, event.id, event.start + hour, event.end + hour);
    await stage.conferenceIs(id, ({ startsAt }) => startsAt === new Date(event.start + hour).toISOString(), 'moved');
    await stage.dial('202', (await stage.conference(id)).accessCode, 'Your conference opens at');
  });

  after(async () => stage?.stop());

  it('no row of the database holds subject, place or body', async () => {
    const rows = await rowsOf(stage.databaseUrl ?? assert.fail('no database to look into'));
    assert.ok(rows.includes(id));
    assertHidden(rows, 'the database');
  });

  it('no answer of the API and no page tells them', async () => {
    const answers = JSON.stringify([await stage.api('GET', `/api/v1/conferences/${id}`), await stage.api('GET', '/api/v1/conferences'), await stage.api('GET', '/api/v1/me')]);
    assert.ok(answers.includes(id));
    assertHidden(answers, 'an answer');
    const page = await fetch(`${stage.tieline.serverAddress()}/j/${id}`);
    assert.equal(page.status, 200);
    assertHidden(await page.text(), 'the join page');
  });

  it('no line of the server’s log, and none on the wires to the PBX, tells them', () => {
    const log = stage.log.join('');
    const wires = stage.tieline.lab.asterisk.log.lines;
    assert.ok(log.includes('server started'));
    assert.deepEqual([...new Set(wires.map(({ protocol }) => protocol))].toSorted(), ['agi', 'ami']);
    assertHidden(log, 'the log');
    assertHidden(wires.map(({ text }) => text).join('\n'), 'AMI or AGI');
  });
});
