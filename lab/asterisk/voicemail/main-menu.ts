import { type Channel, isAlive } from '../calls/channel.ts';
import type { Ending } from '../calls/media.ts';
import { type Box, folderNames, readBoxName } from './boxes.ts';
import type { VoicemailApplicationParts } from './leave.ts';
import type { OpenFolder } from './spool.ts';

/** How long the menus wait for a key, ms, and how often they repeat themselves before they give up. */
const waitMs = 6000;
const repeats = 3;

const keys = '0123456789*#';

/** The person at the phone, and what they have opened. */
interface Visit {
  parts: VoicemailApplicationParts;
  channel: Channel;
  box: Box;
  opened: OpenFolder;
  /** Number of the message that they are at. */
  at: number;
}

/**
 * VoiceMailMain([box[@context]][,s]): `s` asks for no PIN. What is deleted, heard or filed happens on disk when the folder is left, by the numbers that
 * the messages had when it was opened; MessageWaiting comes then, too (tried).
 */
export async function voicemailMain(parts: VoicemailApplicationParts, channel: Channel, data: string): Promise<number> {
  const [name = '', options = ''] = data.split(',');
  parts.channels.setState(channel, 6);
  const box = await signIn(parts, channel, name, options.includes('s'));
  if (!box) return isAlive(channel) ? 0 : -1;
  const inbox = parts.voicemail.spool.open(box, 'INBOX');
  const visit: Visit = { parts, channel, box, opened: inbox.last >= 0 ? inbox : parts.voicemail.spool.open(box, 'Old'), at: 0 };
  await say(visit, 'vm-youhave', `${inbox.last + 1} new`);
  await menu(visit);
  parts.voicemail.spool.close(visit.opened);
  parts.voicemail.waiting.tell(box, channel);
  if (!isAlive(channel)) return -1;
  await parts.media.play(channel, 'vm-goodbye');
  return 0;
}

/** The box whose PIN was given; null when it was not. */
async function signIn({ media, voicemail }: VoicemailApplicationParts, channel: Channel, name: string, isTrusted: boolean): Promise<Box | null> {
  const asked = readBoxName(name);
  for (let attempt = 0; attempt < repeats && isAlive(channel); attempt += 1) {
    let { mailbox } = asked;
    if (mailbox === '') {
      const typed = await media.collect(channel, 'vm-login', 0, 20);
      if (typed === -1) return null;
      mailbox = typed.digits;
    }
    const box = voicemail.spool.box(mailbox, asked.context);
    if (box && isTrusted) return box;
    const pin = await media.collect(channel, 'vm-password', 0, 20);
    if (pin === -1) return null;
    if (box && pin.digits === box.pin) return box;
    await media.play(channel, 'vm-incorrect');
  }
  return null;
}

async function say({ parts: { media }, channel }: Visit, sound: string, words: string): Promise<void> {
  await media.play(channel, sound);
  await media.say(channel, 'number', words, 1);
}

/** One key of a menu, which is said again until somebody presses one; '' when they went or gave up. */
async function ask(visit: Visit, sound: string): Promise<string> {
  const { parts: { media }, channel } = visit;
  channel.collecting = true;
  try {
    for (let round = 0; round < repeats; round += 1) {
      let ending: Ending | 'missing' = await media.play(channel, sound, keys);
      if (ending === 'timeout' || ending === 'missing') ending = await media.digit(channel, waitMs, keys);
      if (ending === 'gone') return '';
      if (typeof ending === 'object') return ending.digit;
    }
    return '';
  } finally {
    channel.collecting = false;
  }
}

async function menu(visit: Visit): Promise<void> {
  for (;;) {
    const key = await ask(visit, 'vm-onefor');
    if (key === '' || key === '#') return;
    if (key === '2') await chooseFolder(visit);
    if (key === '1' && (await listen(visit)) === 'left') return;
  }
}

/** Another folder: this one is closed, and what was meant in it happens now. */
async function chooseFolder(visit: Visit): Promise<void> {
  const { parts: { voicemail } } = visit;
  const name = folderNames[Number.parseInt(await ask(visit, 'vm-changeto'), 10)];
  if (name === undefined) return;
  voicemail.spool.close(visit.opened);
  visit.opened = voicemail.spool.open(visit.box, name);
  visit.at = 0;
}

/** Plays from the first message on. 'left': hung up, or nobody presses anything. */
async function listen(visit: Visit): Promise<'left' | 'back'> {
  visit.at = 0;
  let key = 'play';
  while (visit.at <= visit.opened.last) {
    if (key === 'play') key = await play(visit);
    if (key === 'none') key = await ask(visit, 'vm-delete');
    if (key === '') return 'left';
    if (key === '#' || key === '*') return 'back';
    const before = visit.at;
    await act(visit, key);
    key = visit.at !== before || key === '5' ? 'play' : 'none';
  }
  visit.at = Math.max(0, visit.opened.last);
  await visit.parts.media.play(visit.channel, 'vm-nomore');
  return isAlive(visit.channel) ? 'back' : 'left';
}

/**
 * Envelope, then the message. A key during the envelope goes on without the message, which so stays unheard; as soon as the message begins it counts as
 * heard (app_voicemail.c). The key, 'none', or '' when they hung up.
 */
async function play({ parts: { media, voicemail }, channel, opened, at, box }: Visit): Promise<string> {
  channel.collecting = true;
  const early = await media.play(channel, 'vm-received', keys);
  channel.collecting = false;
  if (early === 'gone') return '';
  if (typeof early === 'object' && early.digit !== '1') return early.digit;
  opened.heard.add(at);
  const path = `${voicemail.spoolDirectory}/voicemail/${box.context}/${box.mailbox}/${opened.name}`;
  channel.hear({ kind: 'sound', sound: `${path}/msg${String(at).padStart(4, '0')}`, words: '(a message)' });
  const ending = await media.digit(channel, media.promptMs, keys);
  return ending === 'gone' ? '' : typeof ending === 'object' ? ending.digit : 'none';
}

async function act(visit: Visit, key: string): Promise<void> {
  const { opened, at, parts: { media, voicemail }, channel } = visit;
  if (key === '4') visit.at = Math.max(0, at - 1);
  if (key === '6') visit.at = at + 1;
  if (key === '7') {
    const isDeleted = !opened.deleted.delete(at);
    if (isDeleted) opened.deleted.add(at);
    await media.play(channel, isDeleted ? 'vm-deleted' : 'vm-undeleted');
  }
  if (key === '9') {
    const name = folderNames[Number.parseInt(await ask(visit, 'vm-savefolder'), 10)];
    if (name !== undefined && voicemail.spool.save(opened, at, name)) opened.deleted.add(at);
  }
}
