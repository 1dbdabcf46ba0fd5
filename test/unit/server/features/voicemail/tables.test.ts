import assert from 'node:assert/strict';
import { table63, table64, table65, table66 } from '../../../../../server/features/voicemail/tables.ts';
import type { VoicemailPolicy } from '../../../../../server/features/voicemail/policy.ts';
import { anns, createEngineWorld, mailboxId, type EngineWorld } from '../../../../support/voicemail-world.ts';

/** Both sides by what people see. */
interface Stands {
  voicemail: 'unheard' | 'heard' | 'deleted';
  isRead: boolean;
  place: 'inbox' | 'elsewhere' | 'trash';
}

/** What people do on one side, by the word of the table. */
const acts: Record<string, (world: EngineWorld, copy: string, mail: string) => void> = {
  'voicemail deleted': ({ pbx }, copy) => pbx.boxes.move(anns, copy, 'Deleted'),
  'voicemail heard': ({ pbx }, copy) => pbx.boxes.move(anns, copy, 'Old'),
  'voicemail undeleted': ({ pbx }, copy) => pbx.boxes.move(anns, copy, 'INBOX'),
  'voicemail marked unheard': ({ pbx }, copy) => pbx.boxes.move(anns, copy, 'INBOX'),
  'e-mail deleted': ({ mail }, _copy, id) => mail.mailboxes.move(mailboxId, id, 'trash'),
  'e-mail read': ({ mail }, _copy, id) => mail.mailboxes.setRead(mailboxId, id, true),
  'e-mail undeleted': ({ mail }, _copy, id) => mail.mailboxes.move(mailboxId, id, 'inbox'),
  'e-mail marked unread': ({ mail }, _copy, id) => mail.mailboxes.setRead(mailboxId, id, false),
};

const wav: Partial<VoicemailPolicy> = { withAudio: true };
const text: Partial<VoicemailPolicy> = { withAudio: false };
const fresh: Stands = { voicemail: 'unheard', isRead: false, place: 'inbox' };
const read: Stands = { voicemail: 'heard', isRead: true, place: 'inbox' };

interface Case { name: string; policy: Partial<VoicemailPolicy>; /** Done one after another, with a round after each. */ before: string[]; /** While nobody looked. */ away?: string[]; act?: string; end: Stands }

const cases: Case[] = [
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
  { name: 'heard when mailed: heard at once, the mail stays unread', policy: { heardWhenMailed: true }, before: [], end: { ...fresh, voicemail: 'heard' } },
];
acts['e-mail filed'] = ({ mail }, _copy, id) => mail.mailboxes.move(mailboxId, id, 'elsewhere');

const systems = { 'the reference': {}, 'new ids at every move': { stableIds: false }, 'found late': { stableIds: false, visibleWithinMs: 5_000 }, 'only asked, never told': { changes: false, notifications: false } };

describe('the rule tables', () => {
  it('stand word for word', () => {
    assert.equal(table63.length + table64.length, 6);
    assert.deepEqual(table66.map(({ event, action }) => `${event}: ${action.map((each) => `${each.step}${each.if === undefined ? '' : ` if ${each.if}`}`).join('; ')}`), [
      'voicemail deleted: delete e-mail',
      'voicemail heard: mark e-mail read',
      'voicemail undeleted: move e-mail to Inbox; mark e-mail unread if voicemail is unheard',
      'voicemail marked unheard: mark e-mail unread if voicemail is in the NEW folder',
      'e-mail deleted: delete voicemail',
      'e-mail read: mark voicemail heard',
      'e-mail undeleted: move voicemail to Saved',
      'e-mail marked unread: mark voicemail unheard if e-mail is not in Trash',
    ]);
    assert.deepEqual(table65, table66.slice(0, 2));
  });

  for (const [system, mailCan] of Object.entries(systems)) {
    for (const { name, policy, before, away = [], act, end } of cases) {
      it(`${name} (${system})`, async () => {
        const world = createEngineWorld({ policy, mailCan });
        const copy = world.pbx.boxes.leave(anns)?.copy ?? '';
        world.pbx.boxes.leave(anns, { callerName: 'Somebody else' });
        await world.settle();
        // First contact: what lay there is only listed. These are new ones.
        const message = world.pbx.boxes.leave(anns, { callerName: 'The one' });
        assert.ok(message && copy);
        await world.settle();
        const mail = world.mails().find(({ subject }) => subject === 'Voicemail from The one')?.copy ?? '';
        for (const each of [...before, ...(act === undefined ? [] : [act])]) {
          acts[each]?.(world, message.copy, mail);
          await world.settle();
        }
        for (const each of away) acts[each]?.(world, message.copy, mail);
        if (away.length > 0) world.restart();
        await world.settle();
        const found = world.pbx.boxes.find(anns, message.copy);
        const { isRead, place } = world.mail.mailboxes.find(mailboxId, mail) ?? {};
        const states = { INBOX: 'unheard', Old: 'heard', Deleted: 'deleted' } as const;
        assert.deepEqual({ voicemail: found ? states[found.folder] : 'gone', isRead, place }, end);
        assert.equal(await world.settle(), 0, 'nothing more is done');
        world.restart();
        assert.equal(policy.startUp === 'tables' ? 0 : await world.settle(), 0, 'nor after a restart');
        world.stop();
      });
    }
  }
});
