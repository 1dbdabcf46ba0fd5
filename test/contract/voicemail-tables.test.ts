import assert from 'node:assert/strict';
import { playCase, tableCases } from '../support/voicemail-cases.ts';
import { graphMailWorld } from './graph-mail.ts';
import { imapMailWorld } from './imap-mail.ts';
import type { MailWorld } from './mail-store.ts';

/** Every row of the rule tables on every mail system, over its wire protocol. */
const systems: Readonly<Record<string, () => Promise<MailWorld>>> = {
  'Graph, over the stand-in': graphMailWorld,
  'IMAP, over the stand-in with QRESYNC': imapMailWorld,
  'IMAP, with nothing but RFC 3501': () => imapMailWorld({ manner: { condstore: false, qresync: false, idle: false, move: false, uidPlus: false, specialUse: false } }),
  'IMAP, as Gmail has it': () => imapMailWorld({ manner: { gmail: true } }),
};

for (const [name, make] of Object.entries(systems)) {
  describe(`voicemail rule tables: ${name}`, function () {
    this.timeout(30_000);
    let mail: MailWorld;
    before(async () => {
      mail = await make();
    });
    after(() => mail.stop());

    for (const each of tableCases) {
      it(each.name, async () => {
        const { stands, echoes } = await playCase(each, mail);
        assert.deepEqual(stands, each.end);
        assert.equal(echoes, 0, 'nothing more is done, nor after a restart');
      });
    }
  });
}
