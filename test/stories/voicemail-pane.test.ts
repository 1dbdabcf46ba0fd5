import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import type { FrameLocator } from 'playwright-core';
import { messageName } from '../../lab/asterisk/voicemail/folder.ts';
import { playableFile } from '../../server/audio/playable.ts';
import { readSound } from '../../server/audio/sound.ts';
import { labFormats, labRecording, wavOf } from '../support/audio.ts';
import { anna, openStage, type Desk, type Stage } from '../support/tieline.ts';

const patience = 60_000;
const box = '201@default';
const onePixel = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

/** Anna's Outlook through Microsoft's own script, her pane in a browser that really plays, and her telephone. */
describe('voicemail in Outlook: heard on the computer and on the desk phone, deleted and brought back from both sides', function () {
  this.timeout(180_000);
  let stage: Stage;
  let desk: Desk;
  let pane: FrameLocator;

  before(async () => {
    stage = await openStage();
    desk = await stage.open();
    pane = desk.page.frameLocator('.ol-pane iframe');
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
  const phone = () => stage.tieline.lab.asterisk.phone('201');
  const mailOf = (caller: string) => stage.tieline.lab.exchange.mail.list(anna).find(({ subject }) => subject.startsWith('Voicemail') && subject.includes(caller));
  const shows = (selector: string, text: string | RegExp): Promise<void> => pane.locator(selector, { hasText: text }).first().waitFor({ timeout: patience });
  const press = (name: string): Promise<void> => pane.getByRole('button', { name, exact: true }).click();

  function folderOf(id: string): string | undefined {
    const found = voicemail().box(box);
    return found && voicemail().spool.summary(found).find((each) => each.id === id)?.folder;
  }

  function isLit(): boolean {
    const found = voicemail().box(box);
    return found !== undefined && voicemail().waiting.light(found);
  }

  /** A caller leaves a message whose file, when the server asks for it, is what `spoil` makes of it; `length` is what the phone system says of it, seconds. */
  function leaveSpoilt(name: string, spoil: (sound: Buffer) => Buffer, length = 20): { id: string; file: Buffer } {
    const { files, spool, leave } = voicemail();
    const id = leave(box, { caller: { name, number: '202' }, seconds: 20 });
    const folder = spool.folder(voicemail().box(box) ?? assert.fail(), 'INBOX');
    const number = folder.lastNumber();
    const sound = folder.audio(number) ?? assert.fail();
    const file = spoil(sound.content);
    files.write(`${folder.path}/${messageName(number)}.${sound.extension}`, file);
    folder.setText(number, (folder.text(number) ?? '').replace(/^duration=.*$/m, `duration=${length}`));
    return { id, file };
  }

  /** Anna opens the mail of this caller's message, with the pane on *Voicemail*. */
  async function openMail(name: string): Promise<void> {
    const mail = await until('mailed', () => mailOf(name));
    await desk.outlook(async (outlook, given) => {
      await outlook.open({ mode: 'message-read', mail: given });
      await outlook.press('Voicemail');
      await outlook.idle();
    }, { id: mail.ewsId, subject: mail.subject, internetMessageId: mail.internetMessageId, from: mail.from, to: mail.to, body: mail.body, receivedAt: mail.receivedAt });
    await shows('.caller h2', name);
  }

  /** A caller leaves a message, and Anna opens its mail. */
  async function openMessage(name: string, seconds = 20): Promise<string> {
    const id = voicemail().leave(box, { caller: { name, number: '202' }, seconds });
    await openMail(name);
    await pane.locator('.waveform rect').first().waitFor({ timeout: patience });
    return id;
  }

  /** Anna takes up her desk phone, which has the box from then on: what is asked for here meanwhile waits. */
  async function pickUp(): Promise<void> {
    await until('the phone is free', () => (phone().view().call ? undefined : true));
    phone().dial('*97');
    await until('the menu asks', () => (phone().view().askedForDigits ? true : undefined));
  }

  /** In the phone's own menu she goes on to a message and deletes it; hung up, it is done. */
  async function removeByPhone(id: string): Promise<void> {
    const found = voicemail().box(box) ?? assert.fail();
    const index = voicemail().spool.summary(found).filter(({ folder }) => folder === 'INBOX').findIndex((each) => each.id === id);
    assert.ok(index >= 0, 'it is among the unheard ones');
    for (const key of `1${'6'.repeat(index)}7`) {
      const before = phone().view().hears.length;
      await phone().enter(key);
      await until('the menu goes on', () => (phone().view().hears.length > before ? true : undefined));
    }
    phone().hangUp();
    await until('it is gone from the phone', () => (['INBOX', 'Old'].includes(folderOf(id) ?? '') ? undefined : true));
  }

  /** It plays: the clock shows something else than now. */
  async function playsOn(): Promise<void> {
    const now = await pane.locator('.clock').innerText();
    await until('playing on', async () => ((await pane.locator('.clock').innerText()) === now ? undefined : true));
  }

  it('Chromium decodes at least 99 % of the samples of every stored format', async () => {
    for (const format of labFormats) {
      const audio = labRecording(format, 2);
      const sound = readSound(audio);
      const file = playableFile(audio, sound);
      const base64 = Buffer.concat([...file.read(0, file.length)]).toString('base64');
      const [length, loudest] = await desk.page.evaluate(async ([text, rate]) => {
        const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
        const decoded = await new OfflineAudioContext(1, rate, rate).decodeAudioData(bytes.buffer);
        return [decoded.length, Math.max(...decoded.getChannelData(0).map(Math.abs))] as const;
      }, [base64, sound.sampleRate] as const);
      assert.ok(length >= 0.99 * sound.codec.frames, `${format}: ${length} of ${sound.codec.frames} samples`);
      assert.ok(loudest > 0.05, `${format}: it is not silent`);
    }
  });

  it('a message stands in the inbox and in the pane, plays on the computer, is heard then, and the light goes out', async () => {
    // It comes from Jonas's extension, and the directory has a picture of him.
    const jonas = stage.tieline.lab.exchange.person('jonas.weber@example.com') ?? assert.fail();
    Object.assign(jonas, { photo: onePixel });
    const id = await openMessage('Elif Kaya');
    await pane.locator('.caller .picture img').waitFor({ timeout: patience });
    assert.equal(isLit(), true);
    await shows('.badge', 'Unheard');
    await shows('[role=tab]', /Voicemail\s*1/);
    // By keyboard alone: everything in the order in which it stands, each with a name, each with a ring.
    const walked: string[] = [];
    await pane.getByRole('tab', { name: /Voicemail/ }).focus();
    for (let stop = 0; stop < 10; stop++) {
      await desk.page.keyboard.press('Tab');
      walked.push(await pane.locator(':focus-visible').evaluate((element) => element.getAttribute('aria-label') ?? element.textContent ?? ''));
    }
    assert.deepEqual(walked, ['Position in the message', '10 seconds back', 'Play', '10 seconds on', 'Speed 1×', 'Volume', 'Call back Elif Kaya', 'Play on phone', 'Forward', 'Delete']);
    await press('Play');
    await press('Pause');
    await press('Play');
    await shows('.clock', /0:0[3-9]/);
    await until('heard on the phone', () => (folderOf(id) === 'Old' ? true : undefined));
    await until('the light is out', () => (isLit() ? undefined : true));
    await shows('.badge', /Heard \S/);
    await until('the mail is read', () => (mailOf('Elif Kaya')?.isRead ? true : undefined));
    // Moving by keys, with the spoken words that go with it.
    await press('Pause');
    const slider = pane.getByRole('slider', { name: 'Position in the message' });
    await slider.press('Home');
    await slider.press('PageUp');
    await slider.press('ArrowRight');
    assert.equal(await slider.getAttribute('aria-valuetext'), '11 of 20 seconds');
  });

  it('what plays goes on in the bar while another tab is in view, and until it is closed there', async () => {
    await press('Play');
    await pane.getByRole('tab', { name: 'Meeting' }).click();
    await shows('.playing-bar', 'Elif Kaya');
    await press('Stop and close');
    await until('the bar is gone', async () => ((await pane.locator('.playing-bar').count()) === 0 ? true : undefined));
    await pane.getByRole('tab', { name: /Voicemail/ }).click();
  });

  it('rings the desk phone, plays there, and is heard', async () => {
    const id = await openMessage('Dina Dunn', 2);
    await press('Play on phone');
    await shows('.message', 'Desk phone 201 rings.');
    await until('it rings', () => (phone().view().call?.phase === 'ringing' ? true : undefined));
    phone().answer();
    await shows('.message', 'Playing on desk phone 201.');
    await shows('.message', 'Played on desk phone 201.');
    await until('heard on the phone', () => (folderOf(id) === 'Old' ? true : undefined));
    await until('the light is out', () => (isLit() ? undefined : true));
    await shows('.badge', /Heard/);
  });

  it('a phone that is not plugged in is told, with the message unheard and the way to play it here; so is a hang-up in the middle', async () => {
    const id = await openMessage('Uma Unheard');
    const mend = stage.tieline.lab.asterisk.faults.unplugged('201');
    await press('Play on phone');
    await shows('.message.red', 'Desk phone 201 is not connected.');
    await mend();
    assert.equal(folderOf(id), 'INBOX');
    await press('Play on phone');
    await until('it rings', () => (phone().view().call?.phase === 'ringing' ? true : undefined));
    phone().answer();
    await shows('.message', 'Playing on desk phone 201.');
    phone().hangUp();
    await shows('.message', 'Stopped on desk phone 201 before the end.');
  });

  it('played faster and without a sound it is heard, marked unheard it waits again, and the one who called is called back: my phone first, then theirs', async () => {
    const id = await openMessage('Ulf Undone');
    await pane.getByRole('combobox', { name: /^Speed/ }).selectOption('2');
    await press('Volume');
    const volume = pane.getByRole('slider', { name: 'Volume' });
    await volume.press('Home');
    assert.equal(await volume.inputValue(), '0');
    await press('Play');
    await until('heard on the phone', () => (folderOf(id) === 'Old' ? true : undefined));
    await press('Pause');
    await volume.press('End');
    await press('Mark as unheard');
    await until('unheard on the phone', () => (folderOf(id) === 'INBOX' && isLit() ? true : undefined));
    await shows('.badge', 'Unheard');
    await press('Call back Ulf Undone');
    await until('my phone rings', () => (phone().view().call?.phase === 'ringing' ? true : undefined));
    phone().answer();
    const theirs = stage.tieline.lab.asterisk.phone('202');
    await until('theirs rings', () => (theirs.view().call?.phase === 'ringing' ? true : undefined));
    theirs.answer();
    await shows('.message.grey', '202');
    theirs.hangUp();
    phone().hangUp();
  });

  it('what was said is written out for whoever switched that on: an unsure sentence is marked, hostile words are words, and the number in them calls', async () => {
    const engine = stage.tieline.lab.transcription;
    const { settings } = await stage.api<{ settings: { version: number } }>('GET', '/api/v1/settings/voicemail');
    await stage.api('PATCH', '/api/v1/settings/voicemail', { version: settings.version, set: { transcribe: true }, inherit: [] });
    const line = { start: 0, end: 3, noSpeech: 0.02 };
    engine.tells = 'segments';
    engine.hears = { language: 'english', segments: [
      { ...line, text: 'It is <b>Will</b> here, the pallet is at gate seven.', logProbability: -1.2 }, { ...line, start: 4, end: 8, text: 'Please call me back at +49 30 23125 417 before noon.', logProbability: -0.1 },
    ] };
    await openMessage('Will Written');
    await shows('.section .unsure', 'It is <b>Will</b> here');
    await shows('.section .badge', '% sure');
    await pane.locator('.section button', { hasText: '417' }).click();
    await shows('.message', 'Asking for desk phone 201');
    await stage.api('PATCH', '/api/v1/settings/voicemail', { version: settings.version + 1, set: {}, inherit: ['transcribe'] });
  });

  it('a pinned pane follows: to no mail at all, and to the next one', async () => {
    await openMessage('Paula Pinned', 2);
    await desk.outlook(async (outlook) => {
      outlook.taskpane.pin(true);
      await outlook.open({ mode: 'none' });
    });
    await shows('.rows .row', 'Paula Pinned');
    const { ewsId, subject, internetMessageId } = mailOf('Ulf Undone') ?? assert.fail();
    await desk.outlook((outlook, given) => outlook.open({ mode: 'message-read', mail: given }), { id: ewsId, subject, internetMessageId });
    await shows('.caller h2', 'Ulf Undone');
    await desk.outlook((outlook) => outlook.taskpane.pin(false));
  });

  it('deleted in the pane it is gone from the phone, and Undo, which has the focus, brings it back; so does it when it was deleted elsewhere', async () => {
    const id = await openMessage('Bob Back', 60);
    await press('Delete');
    await shows('.message', 'Deleted.');
    assert.equal(await pane.locator(':focus').innerText(), 'Undo');
    await until('gone from the phone', () => (['INBOX', 'Old'].includes(folderOf(id) ?? '') ? undefined : true));
    await press('Undo');
    await until('back on the phone', () => (['INBOX', 'Old'].includes(folderOf(id) ?? '') ? true : undefined));
    await until('no longer shown as deleted', async () => ((await pane.locator('.notices .message').count()) === 0 ? true : undefined));

    await press('Play');
    await shows('.clock', /0:0[1-9]/);
    stage.tieline.lab.exchange.mail.move(anna, mailOf('Bob Back')?.id ?? '', 'deleteditems');
    await shows('.message.amber', 'Playing goes on to the end.');
    await press('Undo');
    await until('back on the phone', () => (['INBOX', 'Old'].includes(folderOf(id) ?? '') ? true : undefined));
  });

  it('deleted by the phone\'s own menu while it plays here: it plays on from our copy, and says so', async () => {
    const id = await openMessage('Paul Phone', 60);
    await pickUp();
    await press('Play');
    await shows('.clock', /0:0[1-9]/);
    await removeByPhone(id);
    await until('said to be gone', async () => ((await pane.locator('.panel', { hasText: 'The phone system has this message no more.' }).count()) > 0 ? true : undefined));
    await playsOn();
    await press('Pause');
  });

  it('renumbered while it plays here, because the phone deletes the one before it: it plays on, and it is this one that is heard', async () => {
    const before = voicemail().leave(box, { caller: { name: 'Fred First', number: '203' }, seconds: 5 });
    const id = await openMessage('Nora Next', 60);
    await pickUp();
    await press('Play');
    await shows('.clock', /0:0[1-9]/);
    await removeByPhone(before);
    await until('this one is heard on the phone', () => (folderOf(id) === 'Old' ? true : undefined));
    await playsOn();
    await shows('.caller h2', 'Nora Next');
    assert.equal(await pane.locator('.notices .message').count(), 0);
    await press('Pause');
  });

  it('an empty file, one that ends too early and one of another kind each say what they are; what there is of them can be saved', async () => {
    leaveSpoilt('Emil Empty', () => Buffer.alloc(0));
    await openMail('Emil Empty');
    await shows('.message.amber', 'Nothing was recorded.');

    // Half of it: ten of twenty seconds.
    leaveSpoilt('Tim Torn', (sound) => sound.subarray(0, sound.length / 2));
    await openMail('Tim Torn');
    await shows('.message.amber', 'The recording stops at 0:10.');
    await press('Play');
    await shows('.clock', /0:0[1-9]/);
    await press('Pause');

    const { file } = leaveSpoilt('Willi Wrong', (sound) => Buffer.concat([Buffer.from('This is no sound'), sound.subarray(16)]));
    await openMail('Willi Wrong');
    await shows('.message.amber', 'This recording cannot be played here.');
    const [saved] = await Promise.all([desk.page.waitForEvent('download', { timeout: patience }), press('Save')]);
    assert.deepEqual(await readFile(await saved.path()), file, 'the phone system\'s own bytes');
  });

  it('a message of an hour is mailed without its sound, and plays from near its end, by keys and by a press on the waveform, with no more fetched than what is near', async () => {
    // µ-law, as telephones speak: played as it is stored.
    const hour = wavOf({ tag: 7, bits: 8, data: Buffer.alloc(3_600 * 8_000, 0xff) }).bytes;
    leaveSpoilt('Hilda Hour', () => Buffer.from(hour), 3_600);
    const ranges: string[] = [];
    let fetched = 0;
    desk.page.on('response', (response) => {
      if (!new URL(response.url()).pathname.endsWith('/audio')) return;
      ranges.push(`${response.status()} ${response.request().headers()['range']}`);
      fetched += Number(response.headers()['content-length']);
    });
    await openMail('Hilda Hour');
    await shows('.clock', '1:00:00');
    assert.equal(mailOf('Hilda Hour')?.attachments.length, 0);
    const slider = pane.getByRole('slider', { name: 'Position in the message' });
    await slider.press('End');
    assert.equal(await slider.getAttribute('aria-valuetext'), '3600 of 3600 seconds');
    await slider.press('PageDown');
    await shows('.clock', '59:50');
    await press('Play');
    await shows('.clock', /59:5[1-9]/);
    await press('Pause');
    const { width, height } = (await slider.boundingBox()) ?? assert.fail();
    await slider.click({ position: { x: width / 4, y: height / 2 } });
    await press('Play');
    await shows('.clock', /1[45]:\d\d/);
    await playsOn();
    await press('Pause');
    assert.ok(ranges.every((each) => /^206 bytes=\d+-\d+$/.test(each)), ranges.join(', '));
    assert.ok(fetched > 0 && fetched < 2_000_000, `${fetched} bytes`);
  });

  it('a mail that belongs to somebody else plays nothing, whatever its headers say; forged ones of nothing are an ordinary mail', async () => {
    voicemail().leave('202@default', { caller: { name: 'For Jonas', number: '203' }, seconds: 3 });
    const his = await until('mailed to Jonas', () => stage.tieline.lab.exchange.mail.list('jonas.weber@example.com').find(({ subject }) => subject.includes('For Jonas')));
    const key = his.internetMessageId.slice(1, 37);
    await desk.outlook(async (outlook, given) => {
      await outlook.open({ mode: 'message-read', mail: given });
      await outlook.press('Voicemail');
      await outlook.idle();
    }, { subject: 'FW: Voicemail', internetMessageId: his.internetMessageId, headers: `X-Tieline-Voicemail: ${key}\r\n` });
    await shows('.empty h2', 'This message is not yours to play');
    await press('Show my voicemail');
    await shows('.voicemail', 'Bob Back');
  });

  it('the phone system goes away while the list stands open: it says so, the sound is there, the phone says why not, and all is well by itself afterwards', async () => {
    const said = pane.locator('.panel .message', { hasText: 'The phone system does not answer.' });
    const bob = pane.locator('.rows .row', { hasText: 'Bob Back' }).first();
    await desk.outlook(async (outlook) => {
      await outlook.open({ mode: 'message-read', mail: { subject: 'Lunch?' } });
      await outlook.press('Voicemail');
      await outlook.idle();
    });
    await bob.waitFor({ timeout: patience });
    assert.equal(await said.count(), 0);
    const mend = await stage.tieline.lab.asterisk.faults.down();
    await said.waitFor({ timeout: patience });
    await bob.click();
    await press('Play on phone');
    await shows('.message', 'The phone system does not answer.');
    await press('Play');
    await shows('.clock', /0:0[1-9]/);
    await press('Pause');
    await pane.locator('.second-page').getByRole('button').first().click();
    await said.waitFor({ timeout: patience });
    await mend();
    await said.waitFor({ state: 'detached', timeout: patience });
    voicemail().leave(box, { caller: { name: 'Ada Again', number: '202' }, seconds: 2 });
    await shows('.rows .row', 'Ada Again');
  });
});
