import assert from 'node:assert/strict';
import PostalMime from 'postal-mime';
import { compose } from '../../../../../server/connectors/imap/compose.ts';
import { imapConfig } from '../../../../../server/connectors/imap/config.ts';
import { loginOf, ownAddress } from '../../../../../server/connectors/imap/addresses.ts';
import { readCursor, writeCursor } from '../../../../../server/connectors/imap/cursor.ts';
import { idOf, parseId, readMail } from '../../../../../server/connectors/imap/mail.ts';

function row(headers: string): Parameters<typeof readMail>[0] {
  return { uid: 7, flags: new Set(['\\Seen']), modseq: 9n, headers: Buffer.from(headers), permanentId: null, labels: null };
}

describe('imap: what is read and written', () => {
  it('knows a voicemail\'s mail by its headers, folded or shouted, and no other', async () => {
    assert.equal(await readMail(row('Message-ID: <a@b>\r\n\r\n')), null);
    assert.equal(await readMail(row('X-Tieline-Voicemail: k\r\n\r\n')), null, 'without a Message-ID it could never be found again');
    const ours = await readMail(row('MESSAGE-ID:\r\n <a@b>\r\nx-tieline-VOICEMAIL: k1\r\n\r\n'));
    assert.deepEqual([ours?.messageId, ours?.voicemailId, ours?.isRead], ['a@b', null, true]);
    const notice = await readMail(row('Message-ID: <n@pbx>\r\nX-Asterisk-VM-Message-ID: 17-0\r\n\r\n'));
    assert.equal(notice?.voicemailId, '17-0');
  });

  it('ids name folder and number, whatever the folder is called; nothing else is taken for one', () => {
    const folder = { path: 'INBOX.Voice.1 "x"', uidValidity: 12n, place: 'elsewhere' as const };
    assert.deepEqual(parseId(idOf(folder, { uid: 3, permanentId: null })), { uidValidity: 12n, uid: 3, path: folder.path });
    assert.deepEqual(parseId(idOf(folder, { uid: 3, permanentId: '99' })), { permanentId: '99' });
    for (const id of ['', 'gm.', 'gm.x', '1.2', 'a.b.c', '1.2.']) assert.equal(parseId(id), null);
  });

  it('a cursor that is none of ours is none', () => {
    const cursor = { epoch: 'e', seq: 3, positions: [{ path: 'INBOX', uidValidity: '1', modseq: '18446744073709551615' }] };
    assert.deepEqual(readCursor(writeCursor(cursor)), cursor);
    for (const text of ['', '{}', '[]', '{"epoch":"e","seq":-1,"positions":[]}', 'null']) assert.equal(readCursor(text), null);
  });

  it('texts of callers stay texts: no line of a name becomes a header, and nothing in them is fetched', async () => {
    const evil = 'Eve\r\nBcc: all@contoso.test\r\n\r\n<img src="http://x/">';
    const raw = await compose({
      messageId: 'a@b', from: { name: evil, address: 'voicemail@contoso.test' }, subject: evil, text: evil, html: '<p>ok</p>', sentAt: 0, isRead: false, isUrgent: true,
      call: { name: evil, number: evil, durationSeconds: -1 }, key: `k\r\nX-Evil: 1`, audio: { fileName: '../..\r\n/a.wav', contentType: 'audio/wav', bytes: Buffer.from('RIFF') },
    }, 'ada@contoso.test');
    const { headers, to, bcc, attachments, messageId, date } = await PostalMime.parse(raw);
    assert.deepEqual([messageId, date, bcc, headers.some(({ key }) => key === 'x-evil' || key === 'bcc')], ['<a@b>', '1970-01-01T00:00:00.000Z', undefined, false]);
    assert.deepEqual(to?.map(({ address }) => address), ['ada@contoso.test']);
    assert.doesNotMatch(attachments[0]?.filename ?? '', /[\r\n]/);
    assert.equal(headers.find(({ key }) => key === 'x-voicemessageduration')?.value, '0');
  });

  it('an address is one of ours or none: other domains, and what SASL cannot carry, are not asked about', () => {
    const config = imapConfig.parse({ type: 'imap', instance: 'mail', host: 'h', domains: ['Contoso.test'], login: 'local', auth: { masterUser: { user: 'm', passwordEnv: 'M' } } });
    assert.equal(ownAddress(config, ' Ada@CONTOSO.test '), 'ada@contoso.test');
    assert.equal(loginOf(config, 'ada@contoso.test'), 'ada');
    for (const text of ['ada@other.test', 'ada', 'a,b@contoso.test', 'a\u0001b@contoso.test', 'a=b@contoso.test', '@contoso.test', 'a@b@contoso.test']) assert.equal(ownAddress(config, text), null, text);
  });
});
