import assert from 'node:assert/strict';
import PostalMime from 'postal-mime';
import { compose as composeImap } from '../../../../../server/connectors/imap/compose.ts';
import { isInline, messageBody } from '../../../../../server/connectors/graph/mail/message.ts';
import { compose as composeSmtp } from '../../../../../server/connectors/smtp/client/compose.ts';
import { muLaw } from '../../../../../server/audio/compact.ts';
import { readSound } from '../../../../../server/audio/sound.ts';
import { TheirError } from '../../../../../server/domain/errors.ts';
import { largestSound } from '../../../../../server/domain/voicemail.ts';
import { attachmentOf, largestAttachment } from '../../../../../server/features/voicemail/mail/attachment.ts';
import { composeMail } from '../../../../../server/features/voicemail/mail/compose.ts';
import { byMailClock } from '../../../../../server/features/voicemail/mail/mail-clock.ts';
import type { Pair } from '../../../../../server/features/voicemail/rules/pair.ts';
import { voicemailSettings } from '../../../../../contract/voicemail/settings.ts';
import { followed, type VoicemailPolicy } from '../../../../../server/features/voicemail/rules/policy.ts';
import type { MailDraft } from '../../../../../server/ports/mail-store.ts';
import { correlation, decoded, labFormats, labRecording, wavOf } from '../../../../support/audio.ts';
import { anns, createEngineWorld, mailFrame, start } from '../../../../support/voicemail-world.ts';

const pair: Pair = {
  tenantId: 'default', id: '11111111-2222-4333-8444-555555555555', personId: 'ann', instance: 'pbx', box: anns, voicemailId: '1-0', state: 'waiting', call: { name: 'Jonas <Weber>', number: '+49 30 1234', durationSeconds: 75, isUrgent: false },
  leftAt: start, firstSeenAt: start, voicemail: 'unheard', mailbox: null, messageId: 'm@tieline.test', mailId: null, mail: null, settled: null, wish: null, deliveryBeganAt: null, missingSince: null, hasAudio: true,
  binnedAt: null, removedByUs: false, trouble: null, begun: null,
};

/** An hour of silence as telephones store it: 57.6 MB, no file of which goes by mail. */
const hour = wavOf({ tag: 1, bits: 16, data: Buffer.alloc(3_600 * 16_000) });

function soundOf(audio: Parameters<typeof attachmentOf>[0], more: Partial<VoicemailPolicy> = {}, most = Infinity) {
  return attachmentOf(audio, { ...voicemailSettings.standard, ...more }, most);
}

describe('the mail of a voicemail', () => {
  it('says who, which number, when, how long and where to listen, in English and German, as text and as HTML', () => {
    for (const [language, words] of [['en', ['From: Jonas <Weber>', 'Number: +49 30 1234', 'Left: ', 'Length: 1 min 15 s', 'Listen in Tieline']], ['de', ['Von: Jonas <Weber>', 'Nummer: +49 30 1234', 'Hinterlassen: ', 'Länge: 1 min 15 s', 'In Tieline anhören']]] as const) {
      const mail = composeMail(pair, { ...voicemailSettings.standard, language, timeZone: 'Europe/Berlin' }, mailFrame, null);
      for (const each of words) assert.ok(mail.text.includes(each), `${language}: ${each} in ${mail.text}`);
      assert.match(mail.text, /10:52/, 'in the owner\'s zone');
      assert.match(mail.text, /\nhttps:\/\/tieline\.test\/voicemail\/11111111-2222-4333-8444-555555555555\n/, 'the address alone on its line');
      assert.match(mail.html, /href="https:\/\/tieline\.test\/voicemail\/11111111/);
      assert.match(mail.html, /<a href="tel:\+49301234">\+49 30 1234<\/a>/, 'one tap calls back');
      assert.match(mail.html, /Jonas &lt;Weber&gt;/);
    }
  });

  it('the time is the mailbox\'s, else the one that was set, else the phone system\'s; where nobody knows one it says that it is UTC', async () => {
    const { pbx, deps, stop } = createEngineWorld();
    stop();
    const told = async (timeZone: string, mailbox: string | null, system: string | null): Promise<string | undefined> => {
      const voicemails = [{ ...pbx.port, zoneOf: () => system }];
      return /^Left: .* at (.*)$/m.exec(composeMail(pair, await byMailClock({ ...deps, voicemails, zoneOf: async () => mailbox }, pair, { ...voicemailSettings.standard, timeZone }), mailFrame, null).text)?.[1];
    };
    const cases = [
      ['Asia/Tokyo', 'Europe/Berlin', 'America/New_York', '10:52'], ['Asia/Tokyo', null, 'America/New_York', '18:52'], ['', null, 'America/New_York', '04:52'], ['', null, null, '09:52 UTC'], ['UTC', null, 'America/New_York', '09:52 UTC'],
    ] as const;
    for (const [set, mailbox, system, left] of cases) assert.equal(await told(set, mailbox, system), left, `${set} ${mailbox} ${system}`);
    assert.match(composeMail(pair, voicemailSettings.standard, mailFrame, null).text, /09:52 UTC/);
  });

  it('the first mail has that time already, in the mailbox, where mails are only sent, and in a notice', async () => {
    const zones: string[] = [];
    const sent: string[] = [];
    const notifier = { instance: 'smtp', maxAudioBytes: 10, noFolders: { reason: '', remedy: '' }, notify: async (_to: unknown, { text }: MailDraft) => void sent.push(text) };
    for (const mailbox of [{ instance: 'm365', id: 'mailbox-ann' }, null]) {
      const world = createEngineWorld({ notifier });
      Object.assign(world.deps, { zoneOf: async (_tenant: string, personId: string) => {
        zones.push(personId);
        return 'Asia/Tokyo';
      }, compose: (each: Pair, policy: VoicemailPolicy) => composeMail(each, policy, mailFrame, null) });
      world.mailbox = mailbox;
      try {
        await world.settle();
        assert.deepEqual(zones, [], 'nobody is asked before there is a mail to write');
        world.pbx.boxes.leave(anns);
        await world.settle();
        assert.match(mailbox ? (world.mails()[0]?.draft?.text ?? '') : (sent[0] ?? ''), /Left: .* at 18:52$/m);
        assert.deepEqual(zones, ['ann']);
        zones.length = 0;
      } finally {
        world.stop();
      }
    }
  });

  it('what a caller calls their number is dialled only when it is one', () => {
    for (const number of ['javascript:alert(1)', '"><a href=x>', '*21*0900#', '1'.repeat(40)]) {
      const { html } = composeMail({ ...pair, call: { ...pair.call, number } }, voicemailSettings.standard, mailFrame, null);
      assert.doesNotMatch(html, /tel:/);
      assert.equal(html.match(/<a /g)?.length, 1, html);
    }
  });

  it('says why no sound is attached', () => {
    const texts = (['too-large', 'secure', 'unreadable', 'none'] as const).map((missing) => composeMail(pair, voicemailSettings.standard, mailFrame, missing).text);
    assert.equal(new Set(texts).size, 4);
    for (const text of texts) assert.doesNotMatch(text, /attached\.$/m);
  });
});

describe('the sound in a mail', () => {
  it('of every format that phone systems store, plays where programs know nothing but PCM and µ-law, and is the same sound', () => {
    for (const format of labFormats) {
      const stored = labRecording(format, 2);
      const { audio } = soundOf(stored);
      assert.ok(audio);
      assert.ok(['PCM 16 bit', 'µ-law', 'A-law'].includes(readSound(audio).format), `${format}: ${readSound(audio).format}`);
      assert.ok(correlation(decoded(stored), decoded(audio)) > 0.999, format);
      assert.deepEqual([audio.fileName, audio.contentType], ['voicemail.wav', 'audio/wav']);
    }
  });

  it('in the form that an administrator asks for', () => {
    const gsm = labRecording('wav49', 2);
    const formats = (['pcm', 'compact', 'stored'] as const).map((audioFormat) => soundOf(gsm, { audioFormat }).audio).map((audio) => audio && readSound(audio).format);
    assert.deepEqual(formats, ['PCM 16 bit', 'µ-law', 'GSM 6.10']);
    const compact = soundOf(gsm, { audioFormat: 'compact' }).audio;
    assert.ok(compact && correlation(decoded(gsm), decoded(compact)) > 0.99);
    assert.deepEqual(soundOf(labRecording('ulaw', 1), { audioFormat: 'pcm' }).audio && readSound(soundOf(labRecording('ulaw', 1), { audioFormat: 'pcm' }).audio ?? hour).format, 'PCM 16 bit');
  });

  it('four minutes of PCM go as µ-law, and an hour goes as a link', () => {
    const fourMinutes = soundOf(wavOf({ tag: 1, bits: 16, data: Buffer.alloc(240 * 16_000) }));
    assert.equal(fourMinutes.audio && readSound(fourMinutes.audio).format, 'µ-law');
    assert.ok((fourMinutes.audio?.bytes.length ?? Infinity) <= largestAttachment);
    assert.deepEqual(soundOf(hour), { audio: null, missing: 'too-large' });
    assert.ok(hour.bytes.length < largestSound, 'and there it plays');
  });

  it('of a secure message, or a broken one, is in no mail', () => {
    const audio = labRecording('wav', 1);
    assert.deepEqual(soundOf(audio, { protection: 'secure' }), { audio: null, missing: 'secure' });
    assert.deepEqual(soundOf({ contentType: 'audio/wav', bytes: new Uint8Array() }), { audio: null, missing: 'unreadable' });
    assert.deepEqual(soundOf({ contentType: 'audio/wav', bytes: Buffer.from('RIFF') }), { audio: null, missing: 'unreadable' });
    assert.deepEqual(soundOf(audio, {}, 1_000), { audio: null, missing: 'too-large' }, 'a mail system with less room');
    assert.equal(followed({ ...voicemailSettings.standard, protection: 'secure' }).withAudio, false, 'so that opening its mail does not count as hearing it');
  });

  it('µ-law is that of G.711: known pairs, and silence is 0xff', () => {
    assert.deepEqual([0, -1, 32_767, -32_768, 1_000, -1_000].map(muLaw), [0xff, 0x7f, 0x80, 0x00, 0xce, 0x4e]);
  });
});

describe('a message of 60 minutes never bounces', () => {
  const draft = (audio: MailDraft['audio'], missing: Parameters<typeof composeMail>[3]): MailDraft => ({
    ...composeMail(pair, voicemailSettings.standard, mailFrame, missing), messageId: 'm@tieline.test', sentAt: start, isRead: false, isUrgent: false, call: { name: 'Jonas', number: '+49301234', durationSeconds: 3_600 }, key: 'k', audio,
  });
  /** Above the smallest limit that a server on the way is known for, bytes. */
  const smallestLimit = 5 * 1024 * 1024;

  it('over IMAP, Graph and SMTP: with the largest sound that is attached at all, and with the link', async () => {
    const largest = attachmentOf(wavOf({ tag: 1, bits: 16, data: Buffer.alloc(largestAttachment - 44) }), voicemailSettings.standard, Infinity);
    for (const { audio, missing } of [largest, attachmentOf(hour, voicemailSettings.standard, Infinity)]) {
      const made = draft(audio, missing);
      const imap = await composeImap(made, 'ann@contoso.test');
      assert.ok(imap.length < smallestLimit, `IMAP: ${imap.length}`);
      const graph = isInline(made) ? JSON.stringify(messageBody(made, null)).length : (made.audio?.bytes.length ?? 0);
      assert.ok(graph <= 4 * 1024 * 1024, `Graph: ${graph}`);
      const smtp = await composeSmtp({ messageId: 'n@t', to: { name: '', address: 'ann@contoso.test' }, fromName: 'Ann', replyTo: null, subject: made.subject, text: made.text, html: made.html, attachments: audio ? [audio] : [] }, 't@contoso.test', start);
      assert.ok(smtp.length < smallestLimit, `SMTP: ${smtp.length}`);
      for (const raw of [imap, smtp]) {
        const parsed = await PostalMime.parse(raw);
        assert.match(parsed.html ?? '', /voicemail\/11111111/);
        assert.match(parsed.text ?? '', /voicemail\/11111111/);
        assert.deepEqual(parsed.attachments.map(({ filename }) => filename), audio ? ['voicemail.wav'] : []);
      }
    }
  });

  it('a server that takes less than we send gets the same mail with the link alone, once', async () => {
    const tried: (number | null)[] = [];
    const world = createEngineWorld({
      throughVoicemail: (port) => ({ ...port, capabilities: port.capabilities, audio: async () => labRecording('wav', 1) }),
      throughMail: (port) => ({ ...port, capabilities: port.capabilities, deliver: async (mailbox, mail) => {
        tried.push(mail.audio?.bytes.length ?? null);
        if (mail.audio) throw new TheirError('m365', 'refused', 'too big');
        return port.deliver(mailbox, mail);
      } }),
    });
    try {
      await world.settle();
      world.pbx.boxes.leave(anns);
      await world.settle();
      assert.deepEqual([tried.length, tried[1], world.mails().length, world.mails()[0]?.draft?.audio], [2, null, 1, null]);
      assert.equal((await world.pairs())[0]?.state, 'paired');
    } finally {
      world.stop();
    }
  });

  for (const [name, seconds, sizes] of [['a heavy sound', 120, [1_920_044, 1_920_044, 1_920_044, null]], ['a light one, which is not to blame', 2, [32_044, 32_044, 32_044, 32_044, 32_044]]] as const) {
    it(`a server that hangs up over ${name}, or a line too slow for it: three times, and the mail is not tried with it for ever`, async () => {
      const tried: (number | null)[] = [];
      const world = createEngineWorld({
        throughVoicemail: (port) => ({ ...port, capabilities: port.capabilities, audio: async () => wavOf({ tag: 1, bits: 16, data: Buffer.alloc(seconds * 16_000) }) }),
        throughMail: (port) => ({ ...port, capabilities: port.capabilities, deliver: async (mailbox, mail) => {
          tried.push(mail.audio?.bytes.length ?? null);
          if (mail.audio && tried.length < 5) throw new TheirError('m365', 'no-answer', 'the connection broke');
          return port.deliver(mailbox, mail);
        } }),
      });
      try {
        await world.settle();
        world.pbx.boxes.leave(anns);
        for (let left = 5; left > 0 && world.mails().length === 0; left--) await world.round();
        assert.deepEqual([tried, world.mails().length], [sizes, 1]);
        assert.equal((await world.pairs())[0]?.state, 'paired');
      } finally {
        world.stop();
      }
    });
  }

  it('programs are told that a message is private or confidential', async () => {
    for (const [sensitivity, word, tag] of [['private', 'Private', '2'], ['confidential', 'Company-Confidential', '3']] as const) {
      const made = { ...draft(null, 'secure'), sensitivity };
      const { headers } = await PostalMime.parse(await composeImap(made, 'ann@contoso.test'));
      assert.equal(headers.find(({ key }) => key === 'sensitivity')?.value, word);
      assert.match(JSON.stringify(messageBody(made, null)), new RegExp(`"Integer 0x0036","value":"${tag}"`));
    }
    assert.doesNotMatch(JSON.stringify(messageBody(draft(null, 'none'), null)), /0x0036/);
  });
});
