import assert from 'node:assert/strict';
import type { VoicemailPolicy } from '../../server/features/voicemail/rules/policy.ts';
import type { MailWorld } from '../contract/mail-store.ts';
import { anns, createEngineWorld, type EngineWorld } from './voicemail-world.ts';

/** Both sides by what people see. */
export interface Stands {
  voicemail: 'unheard' | 'heard' | 'deleted' | 'gone';
  isRead: boolean;
  place: 'inbox' | 'elsewhere' | 'trash';
}

/** What people do on the phone, by the word of the table. */
const byPhone: Readonly<Record<string, 'INBOX' | 'Old' | 'Deleted'>> = {
  'voicemail deleted': 'Deleted', 'voicemail heard': 'Old', 'voicemail undeleted': 'INBOX', 'voicemail marked unheard': 'INBOX',
};

/** And in their mailbox. */
const byMail: Readonly<Record<string, (mail: MailWorld, messageId: string) => Promise<void>>> = {
  'e-mail deleted': (mail, id) => mail.move(id, 'trash'),
  'e-mail read': (mail, id) => mail.read(id, true),
  'e-mail undeleted': (mail, id) => mail.move(id, 'inbox'),
  'e-mail marked unread': (mail, id) => mail.read(id, false),
  'e-mail filed': (mail, id) => mail.move(id, 'elsewhere'),
};

const wav: Partial<VoicemailPolicy> = { withAudio: true };
const text: Partial<VoicemailPolicy> = { withAudio: false };
const folder = 'Phone/Voicemail';
const fresh: Stands = { voicemail: 'unheard', isRead: false, place: 'inbox' };
const read: Stands = { voicemail: 'heard', isRead: true, place: 'inbox' };

export interface TableCase { name: string; policy: Partial<VoicemailPolicy>; /** Done one after another, with a round after each. */ before: string[]; /** While nobody looked. */ away?: string[]; act?: string; end: Stands }

export const tableCases: readonly TableCase[] = [
  // Table 65: e-mail text only.
  { name: '65 voicemail deleted: delete e-mail', policy: text, before: [], act: 'voicemail deleted', end: { ...fresh, voicemail: 'deleted', place: 'trash' } },
  { name: '65 voicemail heard: mark e-mail read', policy: text, before: [], act: 'voicemail heard', end: read },
  { name: '65 all other events: none (voicemail undeleted)', policy: text, before: ['voicemail deleted'], act: 'voicemail undeleted', end: { ...fresh, place: 'trash' } },
  { name: '65 all other events: none (voicemail marked unheard)', policy: text, before: ['voicemail heard'], act: 'voicemail marked unheard', end: { ...read, voicemail: 'unheard' } },
  { name: '65 all other events: none (e-mail deleted)', policy: text, before: [], act: 'e-mail deleted', end: { ...fresh, place: 'trash' } },
  { name: '65 all other events: none (e-mail read)', policy: text, before: [], act: 'e-mail read', end: { ...fresh, isRead: true } },
  { name: '65 all other events: none (e-mail undeleted)', policy: text, before: ['voicemail deleted'], act: 'e-mail undeleted', end: { ...fresh, voicemail: 'deleted' } },
  { name: '65 all other events: none (e-mail marked unread)', policy: text, before: ['voicemail heard'], act: 'e-mail marked unread', end: { ...read, isRead: false } },
  // Table 66: e-mail with WAV.
  { name: '66 voicemail deleted: delete e-mail', policy: wav, before: [], act: 'voicemail deleted', end: { ...fresh, voicemail: 'deleted', place: 'trash' } },
  { name: '66 voicemail heard: mark e-mail read', policy: wav, before: [], act: 'voicemail heard', end: read },
  { name: '66 voicemail undeleted: move e-mail to Inbox; it is unheard, so mark e-mail unread', policy: wav, before: ['e-mail read', 'voicemail deleted'], act: 'voicemail undeleted', end: fresh },
  { name: '66 voicemail marked unheard: mark e-mail unread', policy: wav, before: ['voicemail heard'], act: 'voicemail marked unheard', end: fresh },
  { name: '66 e-mail deleted: delete voicemail', policy: wav, before: [], act: 'e-mail deleted', end: { ...fresh, voicemail: 'deleted', place: 'trash' } },
  { name: '66 e-mail read: mark voicemail heard', policy: wav, before: [], act: 'e-mail read', end: read },
  { name: '66 e-mail undeleted: move voicemail to Saved', policy: wav, before: ['e-mail deleted'], act: 'e-mail undeleted', end: { ...fresh, voicemail: 'heard' } },
  { name: '66 e-mail marked unread: mark voicemail unheard', policy: wav, before: ['e-mail read'], act: 'e-mail marked unread', end: fresh },
  { name: '66 e-mail marked unread in Trash: nothing', policy: wav, before: ['e-mail read', 'e-mail deleted'], act: 'e-mail marked unread', end: { voicemail: 'deleted', isRead: false, place: 'trash' } },
  // Table 63: start-up, text only.
  { name: '63 Deleted, Not deleted: delete e-mail', policy: { ...text, startUp: 'tables' }, before: [], away: ['voicemail deleted'], end: { ...fresh, voicemail: 'deleted', place: 'trash' } },
  { name: '63 Heard, Unread: mark e-mail read', policy: { ...text, startUp: 'tables' }, before: [], away: ['voicemail heard'], end: read },
  { name: '63 all other states: no action (Unheard, Read)', policy: { ...text, startUp: 'tables' }, before: [], away: ['e-mail read'], end: { ...fresh, isRead: true } },
  { name: '63 all other states: no action (Not deleted, Deleted)', policy: { ...text, startUp: 'tables' }, before: [], away: ['e-mail deleted'], end: { ...fresh, place: 'trash' } },
  // Table 64: start-up, with WAV.
  { name: '64 Heard, Unread: mark e-mail read', policy: { ...wav, startUp: 'tables' }, before: [], away: ['voicemail heard'], end: read },
  { name: '64 Unheard, Read: mark voicemail heard', policy: { ...wav, startUp: 'tables' }, before: [], away: ['e-mail read'], end: read },
  { name: '64 Deleted, Not deleted: delete e-mail', policy: { ...wav, startUp: 'tables' }, before: [], away: ['voicemail deleted'], end: { ...fresh, voicemail: 'deleted', place: 'trash' } },
  { name: '64 Not deleted, Deleted: delete voicemail (heard)', policy: { ...wav, startUp: 'tables' }, before: ['voicemail heard'], away: ['e-mail deleted'], end: { ...read, voicemail: 'deleted', place: 'trash' } },
  { name: '64 Not deleted, Deleted: an unheard one is kept', policy: { ...wav, startUp: 'tables' }, before: [], away: ['e-mail deleted'], end: { ...fresh, place: 'trash' } },
  { name: '64 Not deleted, Deleted: delete voicemail, unheard too where that is wanted', policy: { ...wav, startUp: 'tables', keepUnheard: false }, before: [], away: ['e-mail deleted'], end: { ...fresh, voicemail: 'deleted', place: 'trash' } },
  { name: '64 both changed: heard and deleted with an unread mail: delete wins', policy: { ...wav, startUp: 'tables' }, before: [], away: ['voicemail heard', 'voicemail deleted'], end: { ...fresh, voicemail: 'deleted', place: 'trash' } },
  { name: '64 knows no past: marked unheard while nobody looked is heard again', policy: { ...wav, startUp: 'tables' }, before: ['voicemail heard'], away: ['voicemail marked unheard'], end: read },
  // With a past, which is the default.
  { name: 'agreed: marked unheard while nobody looked stays unheard', policy: wav, before: ['voicemail heard'], away: ['voicemail marked unheard'], end: fresh },
  { name: 'agreed: a mail that was thrown away while nobody looked is a person\'s word', policy: wav, before: [], away: ['e-mail deleted'], end: { ...fresh, voicemail: 'deleted', place: 'trash' } },
  { name: 'agreed: heard on one side and unread again on the other: heard wins', policy: wav, before: [], away: ['voicemail heard', 'e-mail read', 'e-mail marked unread'], end: read },
  { name: 'agreed: deleted on the phone, marked unread in the mail: delete wins', policy: wav, before: ['e-mail read'], away: ['voicemail deleted', 'e-mail marked unread'], end: { voicemail: 'deleted', isRead: false, place: 'trash' } },
  { name: 'agreed: filed by its owner, then read: still a pair', policy: wav, before: ['e-mail filed'], away: ['e-mail read'], end: { voicemail: 'heard', isRead: true, place: 'elsewhere' } },
  // The other choices.
  { name: 'notify only: what is done to the voicemail stays there', policy: { mode: 'notify-only' }, before: [], act: 'voicemail deleted', end: { ...fresh, voicemail: 'deleted' } },
  { name: 'notify only: what is done to the mail stays there', policy: { mode: 'notify-only' }, before: [], act: 'e-mail deleted', end: { ...fresh, place: 'trash' } },
  { name: 'one way: the mail follows the voicemail', policy: { mode: 'one-way' }, before: ['voicemail heard', 'voicemail deleted'], act: 'voicemail undeleted', end: fresh },
  { name: 'one way: the voicemail does not follow the mail', policy: { mode: 'one-way' }, before: [], act: 'e-mail read', end: { ...fresh, isRead: true } },
  { name: 'one way: nor its deletion', policy: { mode: 'one-way' }, before: [], act: 'e-mail deleted', end: { ...fresh, place: 'trash' } },
  // In another folder than the inbox.
  { name: 'in another folder: e-mail read: mark voicemail heard', policy: { ...wav, folder }, before: [], act: 'e-mail read', end: read },
  { name: 'in another folder: voicemail undeleted: its mail comes back there', policy: { ...wav, folder }, before: ['e-mail read', 'voicemail deleted'], act: 'voicemail undeleted', end: fresh },
  { name: 'in another folder: thrown away while nobody looked', policy: { ...wav, folder }, before: [], away: ['e-mail deleted'], end: { ...fresh, voicemail: 'deleted', place: 'trash' } },
  { name: 'heard when mailed: heard at once, the mail stays unread', policy: { heardWhenMailed: true }, before: [], end: { ...fresh, voicemail: 'heard' } },
];

const states = { INBOX: 'unheard', Old: 'heard', Deleted: 'deleted' } as const;

/** Plays one case between the reference phone system and this mail system. Resolves with how both sides stand, and with the effects of two rounds more, which must be none. */
export async function playCase({ policy, before, away = [], act }: TableCase, mail: MailWorld): Promise<{ stands: Stands; echoes: number }> {
  const mailbox = await mail.store.findMailbox(mail.address);
  if (!mailbox) throw new Error('there is no mailbox');
  const world = createEngineWorld({ policy, mailSystem: { store: mail.store, mailbox: { instance: mailbox.instance, id: mailbox.id } } });
  try {
    await settled(world);
    const message = world.pbx.boxes.leave(anns, { callerName: 'The one' });
    // Another one, so that the box is never empty.
    world.pbx.boxes.leave(anns, { callerName: 'Somebody else' });
    await settled(world);
    const pair = (await world.pairs()).find(({ call }) => call.name === 'The one');
    if (!message || !pair) throw new Error('it was not found');

    async function happens(each: string): Promise<void> {
      const folder = byPhone[each];
      if (folder !== undefined) world.pbx.boxes.move(anns, message?.copy ?? '', folder);
      else await byMail[each]?.(mail, pair?.messageId ?? '');
    }

    for (const each of [...before, ...(act === undefined ? [] : [act])]) {
      await happens(each);
      await shown(mail, pair.messageId);
      await settled(world);
    }
    for (const each of away) await happens(each);
    if (away.length > 0) {
      await shown(mail, pair.messageId);
      world.restart();
    }
    await settled(world);
    await shown(mail, pair.messageId);
    const [item] = await mail.through(mail.store.find({ instance: mailbox.instance, id: mailbox.id, folder: policy.folder ?? '' }, [pair.messageId]));
    if (policy.folder !== undefined && item?.place === 'inbox') assert.equal(await mail.folderOf(pair.messageId), policy.folder);
    const found = world.pbx.boxes.find(anns, message.copy);
    if (!item) throw new Error('its mail is missing');
    const stands: Stands = { voicemail: found ? states[found.folder] : 'gone', isRead: item.isRead, place: item.place };
    let echoes = await settled(world);
    world.restart();
    if (policy.startUp !== 'tables') echoes += await settled(world);
    return { stands, echoes };
  } finally {
    world.stop();
  }

  function settled(engine: EngineWorld): Promise<number> {
    return mail.through(engine.settle());
  }
}

/** Waits until the mail can be found again after what its owner did. */
async function shown(mail: MailWorld, messageId: string): Promise<void> {
  const mailbox = await mail.store.findMailbox(mail.address);
  if (mailbox) await mail.until('the mail is found', async () => (await mail.store.find({ instance: mailbox.instance, id: mailbox.id }, [messageId])).length > 0);
}
