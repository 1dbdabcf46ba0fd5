import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { timesFor } from '../../words/times.ts';
import { anna, openStage, type Stage } from '../support/tieline.ts';

const patience = 60_000;
const box = '201@default';
const jonas = 'jonas.weber@example.com';
const dee = { name: 'Dee <b>Dove</b>', number: '+15551230001' };

/** Anna's telephone and Anna's Outlook, through the real server, Asterisk's manager and Graph. */
describe('promise 3: voicemail and mail agree within seconds, on the phone and in Outlook', function () {
  this.timeout(180_000);
  let stage: Stage;

  before(async () => {
    stage = await openStage({ browser: false });
  });
  after(() => stage.stop());

  async function until<T>(what: string, look: () => T | undefined | Promise<T | undefined>): Promise<T> {
    const end = Date.now() + patience;
    for (;;) {
      const seen = await look();
      if (seen !== undefined) return seen;
      if (Date.now() > end) throw new Error(`not ${what}; the server said:\n${stage.log.slice(-25).join('')}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  const voicemail = () => stage.tieline.lab.asterisk.exchange.voicemail;
  const room = () => stage.tieline.lab.exchange.mail;
  const mailFrom = (caller: string) => room().list(anna).find(({ subject }) => subject.startsWith('Voicemail') && subject.includes(caller));

  function folderOf(id: string): string | undefined {
    const found = voicemail().box(box);
    return found && voicemail().spool.summary(found).find((each) => each.id === id)?.folder;
  }

  function isLit(): boolean {
    const found = voicemail().box(box);
    return found !== undefined && voicemail().waiting.light(found);
  }

  it('a message is mailed with its sound; read in Outlook it is heard on the phone, and the light goes out; thrown away there it is gone here', async () => {
    // The first visitor: nobody has signed in, and the server may not have asked yet whose box this is.
    const id = voicemail().leave(box, { caller: dee });
    const mail = await until('mailed', () => mailFrom(dee.name));
    assert.equal(mail.isRead, false);
    assert.equal(mail.attachments.length, 1);
    assert.ok((mail.attachments[0]?.content.length ?? 0) > 1_000, 'the sound is attached');
    assert.equal(isLit(), true);
    assert.ok(mail.body.content.includes(timesFor('en', 'Europe/Berlin').dayAndTime(mail.sentAt)), `the first mail is in Anna's own time: ${mail.body.content}`);
    assert.doesNotMatch(mail.body.content, / UTC/);

    const { voicemail: list } = await stage.api<{ voicemail: { callerName: string; state: string; mail: { place: string } }[] }>('GET', '/api/v1/voicemail');
    assert.deepEqual(list.filter(({ callerName }) => callerName === dee.name).map(({ state, mail: { place } }) => [state, place]), [['unheard', 'inbox']]);

    room().update(anna, mail.id, { isRead: true });
    await until('heard on the phone', () => (folderOf(id) === 'Old' ? true : undefined));
    await until('the light is out', () => (isLit() ? undefined : true));

    room().move(anna, mail.id, 'deleteditems');
    await until('deleted on the phone', () => (folderOf(id) === 'Old' ? undefined : true));
  });

  it('the server is killed (-9) while a message comes in: one mail, and both sides agree in the end', async () => {
    const id = voicemail().leave(box, { caller: { name: 'Killed once', number: '+15551230009' } });
    stage.tieline.killServer();
    await stage.tieline.ready();
    // Work that the dead process had taken is its own for 15 s.
    stage.tieline.clock.advance(16_000);
    const mail = await until('mailed', () => mailFrom('Killed once'));
    room().update(anna, mail.id, { isRead: true });
    await until('heard on the phone', () => (folderOf(id) === 'Old' ? true : undefined));
    assert.equal(room().list(anna).filter(({ subject }) => subject.includes('Killed once')).length, 1);
  });

  it('Anna forwards a message to Jonas: it lies in his box, unheard, and in his inbox, once', async () => {
    voicemail().leave(box, { caller: { name: 'For Jonas', number: '+15551230010' } });
    await until('mailed', () => mailFrom('For Jonas'));
    const { voicemail: list } = await stage.api<{ voicemail: { id: string; callerName: string }[] }>('GET', '/api/v1/voicemail');
    const path = `/api/v1/voicemail/${list.find(({ callerName }) => callerName === 'For Jonas')?.id}`;
    const asked = { id: randomUUID(), to: jonas };
    await stage.api('POST', `${path}/forward`, asked);
    await stage.api('POST', `${path}/forward`, asked);
    const his = () => room().list(jonas).filter(({ subject }) => subject.includes('For Jonas'));
    await until('mailed to Jonas', () => his()[0]);
    const inBox = () => voicemail().spool.summary(voicemail().box('202@default') ?? assert.fail('no such box')).map(({ folder }) => folder);
    assert.deepEqual(inBox(), ['INBOX']);
    const ended = await until('told', async () => {
      const { forwards } = await stage.api<{ forwards: { state: string; toName: string }[] }>('GET', path);
      return forwards.some(({ state }) => state === 'waiting' || state === 'begun') ? undefined : forwards;
    });
    assert.deepEqual(ended.map(({ state, toName }) => [state, toName]), [['done', 'Jonas Weber']]);
    assert.equal(his().length, 1);
  });
});
