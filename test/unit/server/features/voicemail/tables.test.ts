import assert from 'node:assert/strict';
import { table63, table64, table65, table66 } from '../../../../../server/features/voicemail/rules/tables.ts';
import { memoryMailWorld } from '../../../../contract/memory-mail.ts';
import { playCase, tableCases } from '../../../../support/voicemail-cases.ts';

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
    for (const each of tableCases) {
      it(`${each.name} (${system})`, async () => {
        const mail = await memoryMailWorld(mailCan);
        const { stands, echoes } = await playCase(each, mail);
        await mail.stop();
        assert.deepEqual(stands, each.end);
        assert.equal(echoes, 0, 'nothing more is done, nor after a restart');
      });
    }
  }
});
