import { OurError } from '../../../domain/errors.ts';
import type { MailHome, MailItem, MailStore } from '../../../ports/mail-store.ts';
import type { VoicemailCapabilities, VoicemailStore } from '../../../ports/voicemail-store.ts';
import type { EffectName, VoicemailDeps } from '../deps.ts';
import { sideOf } from './look-at-mail.ts';
import type { Pair } from '../rules/pair.ts';
import { isOnVoicemail, type Step } from '../rules/tables.ts';

/** Which of a phone system's abilities a step needs. */
const needs: Partial<Record<Step, readonly (keyof VoicemailCapabilities)[]>> = {
  'mark voicemail heard': ['seesPhones', 'markHeard'],
  'mark voicemail unheard': ['seesPhones', 'markUnheard'],
  'delete voicemail': ['seesPhones', 'remove'],
  'move voicemail to Saved': ['seesPhones', 'trash'],
};

/** Can these systems do it? Without a mail store every step on a mail is impossible. */
export function isAble(step: Step, voicemail: VoicemailStore, mail: MailStore | null): boolean {
  if (needs[step]?.some((capability) => !voicemail.capabilities[capability])) return false;
  if (step === 'delete e-mail' || step === 'move e-mail to Inbox') return mail?.capabilities.trash === true;
  return isOnVoicemail(step) || mail !== null;
}

/** Does one step and returns the pair as it is afterwards. Every step is safe to repeat. Throws TheirError. */
export async function takeStep(deps: VoicemailDeps, stores: { voicemail: VoicemailStore; mail: MailStore | null; folder: string }, pair: Pair, step: Step): Promise<Pair> {
  const { voicemail, folder } = stores;
  switch (step) {
    case 'mark voicemail heard':
      await deps.effect('voicemail.heard', () => voicemail.setHeard(pair.box, pair.voicemailId, true));
      return { ...pair, voicemail: 'heard' };
    case 'mark voicemail unheard':
      await deps.effect('voicemail.unheard', () => voicemail.setHeard(pair.box, pair.voicemailId, false));
      return { ...pair, voicemail: 'unheard' };
    case 'delete voicemail':
      await deps.effect('voicemail.remove', () => voicemail.remove(pair.box, pair.voicemailId));
      return { ...pair, voicemail: voicemail.capabilities.trash ? 'deleted' : 'gone', removedByUs: true };
    case 'move voicemail to Saved':
      await deps.effect('voicemail.restore', () => voicemail.restore(pair.box, pair.voicemailId, 'heard'));
      return { ...pair, voicemail: 'heard', removedByUs: false };
    case 'mark e-mail read':
      return onMail(deps, stores.mail, pair, 'mail.read', (mail, item) => mail.setRead(homeOf(pair, folder), item, true));
    case 'mark e-mail unread':
      return onMail(deps, stores.mail, pair, 'mail.unread', (mail, item) => mail.setRead(homeOf(pair, folder), item, false));
    case 'delete e-mail':
      return onMail(deps, stores.mail, pair, 'mail.trash', (mail, item) => mail.trash(homeOf(pair, folder), item));
    case 'move e-mail to Inbox':
      return onMail(deps, stores.mail, pair, 'mail.restore', (mail, item) => mail.restore(homeOf(pair, folder), item));
  }
}

function homeOf({ mailbox }: Pair, folder: string): MailHome {
  if (!mailbox) throw new OurError('a step on the mail of a pair without a mailbox');
  return { ...mailbox, folder };
}

async function onMail(deps: VoicemailDeps, store: MailStore | null, pair: Pair, effect: EffectName, run: (store: MailStore, item: MailItem) => Promise<MailItem>): Promise<Pair> {
  if (!store || pair.mailId === null || pair.mail === null || pair.mail === 'missing') throw new OurError('a step on a mail that is not there');
  const item: MailItem = { id: pair.mailId, messageId: pair.messageId, ...pair.mail };
  const after = await deps.effect(effect, () => run(store, item));
  return { ...pair, mailId: after.id, mail: sideOf(after) };
}
