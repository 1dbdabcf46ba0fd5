import assert from 'node:assert/strict';
import { TheirError, type TheirFault } from '../../server/domain/errors.ts';
import type { MailNotifier } from '../../server/ports/mail-notifier.ts';
import type { MailDraft } from '../../server/ports/mail-store.ts';

/** What came of a mail, as whoever reads it sees it. */
export interface Arrived { to: string; messageId: string; subject: string; key: string; isUrgent: boolean; attachments: { name: string; size: number }[] }

/** A mail system that sends, whatever it is made of. */
export interface NotifierWorld {
  notifier: MailNotifier;
  /** Of somebody who has a mailbox. */
  address: string;
  /** Oldest first. */
  arrived(): Arrived[];
  /** From now on: certainly not taken, for now; taken without a word; refused for good; our credentials or rights are not good for it. */
  behave(how: 'away' | 'silent' | 'refuses' | 'denies'): void;
  stop(): Promise<void>;
}

const bytes = Buffer.from('RIFF not really a sound');

function draft(more: Partial<MailDraft> = {}): MailDraft {
  return {
    messageId: 'one@tieline.test', from: { name: 'Dee Dove', address: 'voicemail@contoso.test' }, subject: 'Voicemail from Dee Dove', text: 'Dee Dove called.', html: '<p>Dee Dove called.</p>',
    sentAt: Date.UTC(2026, 10, 21, 8, 30), isRead: false, isUrgent: false, call: { name: 'Dee Dove', number: '+15551230001', durationSeconds: 9 }, key: 'k1', audio: null, ...more,
  };
}

/** What every one of them promises. */
export function mailNotifierContract(name: string, makeWorld: () => Promise<NotifierWorld>): void {
  describe(`mail notifier: ${name}`, function () {
    this.timeout(30_000);
    let world: NotifierWorld;
    beforeEach(async () => {
      world = await makeWorld();
    });
    afterEach(() => world.stop());

    const send = (more: Partial<MailDraft> = {}): Promise<void> => world.notifier.notify({ name: 'Ada Berger', address: world.address }, draft(more));

    async function failsWith(fault: TheirFault, outcome: Promise<void>): Promise<TheirError> {
      const error = await outcome.then(() => assert.fail('it was taken'), (cause: unknown) => cause);
      assert.ok(error instanceof TheirError, String(error));
      assert.deepEqual([error.fault, error.connector], [fault, world.notifier.instance]);
      return error;
    }

    it('hands the mail over, with its key, its importance, its sound and the Message-ID by which it is found later', async () => {
      await send({ isUrgent: true, audio: { fileName: 'voicemail.wav', contentType: 'audio/wav', bytes } });
      assert.deepEqual(world.arrived(), [{
        to: world.address, messageId: 'one@tieline.test', subject: 'Voicemail from Dee Dove', key: 'k1', isUrgent: true, attachments: [{ name: 'voicemail.wav', size: bytes.length }],
      }]);
    });

    it('takes hostile texts as they are, and no line of them becomes a header or another recipient', async () => {
      const name = '=?utf-8?q?x?= "<Eve>" \u202eevE 🎺\r\nBcc: eve@evil.example';
      await world.notifier.notify({ name, address: world.address }, draft({ subject: `Voicemail from ${name}`, from: { name, address: 'voicemail@contoso.test' }, call: { name, number: '+1\r\nX: y', durationSeconds: 1 } }));
      const [mail, ...others] = world.arrived();
      assert.deepEqual([others.length, mail?.to], [0, world.address]);
      assert.match(mail?.subject ?? '', /^Voicemail from =\?utf-8\?q\?x\?= "<Eve>" \u202eevE 🎺\s+Bcc: eve@evil\.example$/u);
    });

    it('says "unavailable" when it certainly was not taken', async () => {
      world.behave('away');
      await failsWith('unavailable', send());
      assert.equal(world.arrived().length, 0);
    });

    it('says "no-answer" when it may have been taken', async () => {
      world.behave('silent');
      await failsWith('no-answer', send());
      assert.equal(world.arrived().length, 1);
    });

    it('says "refused" of what will never be taken, and "denied" with the remedy when an administrator must act', async () => {
      world.behave('refuses');
      await failsWith('refused', send());
      world.behave('denies');
      const { remedy } = await failsWith('denied', send());
      assert.ok(remedy);
      assert.equal(world.arrived().length, 0);
    });
  });
}
