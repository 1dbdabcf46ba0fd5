import assert from 'node:assert/strict';
import { TheirError } from '../../../server/domain/errors.ts';
import { isDeleted } from '../../../server/features/voicemail/rules/pair.ts';
import type { MailNotifier } from '../../../server/ports/mail-notifier.ts';
import type { MailStore } from '../../../server/ports/mail-store.ts';
import { anns, createEngineWorld, mailboxId, type EngineWorld } from '../../support/voicemail-world.ts';
import { begin, converge, faultsStop, happen, sideOf, type History } from './history.ts';
import type { Run } from './steps.ts';

/** Histories over mail systems that we may only send through: what was sent lies in the owner's inbox, and nobody tells us what becomes of it. */

/** No mailbox at all; one that stays closed to us; one that is opened to us when the faults stop. */
const kinds = ['no mailbox', 'closed', 'opened in the end'] as const;

interface Post {
  isClosed: boolean;
  /** Callers' names of the mails that were taken. */
  sent: string[];
  /** Answers that were lost. */
  silent: number;
  /** Ends of the process at any effect, and those in the moment before a mail was handed over. */
  kills: number;
  unsent: number;
  world: EngineWorld | null;
}

/** Takes mails as a mail server does, with the faults of the mail system behind it. */
function sender(post: Post): MailNotifier {
  return {
    instance: 'smtp', noFolders: { reason: 'It only sends.', remedy: 'Connect the mailbox.' }, maxAudioBytes: 1_000_000,
    async notify(_to, draft) {
      const mail = post.world?.mail;
      assert.ok(mail);
      if (mail.faults.isAway) throw new TheirError('smtp', 'unavailable', 'does not answer');
      if (mail.faults.throttle > 0) {
        mail.faults.throttle -= 1;
        throw new TheirError('smtp', 'throttled', 'is asked too often');
      }
      post.sent.push(draft.call.name);
      const mailbox = post.world?.mailbox?.id ?? mailboxId;
      mail.mailboxes.make(mailbox, { messageId: draft.messageId, subject: draft.subject, isRead: false, draft }, post.world?.clock.now() ?? 0);
      if (mail.faults.loseAnswers === 0) return;
      mail.faults.loseAnswers -= 1;
      post.silent += 1;
      throw new TheirError('smtp', 'no-answer', 'took the mail and said nothing');
    },
  };
}

/** A mailbox that we may not look into. */
function behindDoor(post: Post): (port: MailStore) => MailStore {
  return (port) => {
    const guard = <A extends unknown[], R>(run: (...args: A) => Promise<R>) => async (...args: A): Promise<R> => {
      if (post.isClosed && post.world?.mail.faults.isAway === false) throw new TheirError('m365', 'denied', 'refuses Mail.ReadWrite', { remedy: 'Give it.' });
      return run(...args);
    };
    const { deliver, find, findNotices, setRead, trash, restore, changes, watch } = port;
    return {
      ...port, get capabilities() {
        return port.capabilities;
      },
      deliver: guard(deliver), find: guard(find), findNotices: guard(findNotices), setRead: guard(setRead), trash: guard(trash), restore: guard(restore), changes: guard(changes), watch: guard(watch),
    };
  };
}

/** Lets it happen, lets the faults stop, and holds the end against what can be promised here. Throws what is broken. */
export async function liveSendOnly({ system, steps }: History): Promise<void> {
  const kind = kinds[system % kinds.length] ?? 'closed';
  const post: Post = { isClosed: true, sent: [], silent: 0, kills: 0, unsent: 0, world: null };
  const world = createEngineWorld({ notifier: sender(post), throughMail: behindDoor(post), policy: { audioFormat: 'stored' } });
  post.world = world;
  if (kind === 'no mailbox') world.mailbox = null;
  const run = await begin(world);
  const writes = new Set<string>();
  const within = world.onEffect;
  world.onEffect = async (name, effect) => {
    if (post.isClosed && name.startsWith('voicemail.')) writes.add(name);
    const isKill = run.crashIn === 0;
    if (isKill) post.kills += 1;
    // After it was written down, and before it was handed over.
    if (isKill && (name === 'deliver.begin.write' ? run.crashAfter : name === 'deliver' && !run.crashAfter)) post.unsent += 1;
    return within(name, effect);
  };
  try {
    await happen(run, steps);
    if (kind === 'opened in the end') post.isClosed = false;
    await faultsStop(run);
    await converge(run);
    await holds(run, post);
    assert.deepEqual([...writes].filter((name) => name !== 'voicemail.restore'), [], 'while nothing is known of the mail, nothing is done to the voicemail');
  } finally {
    world.stop();
  }
}

async function holds(run: Run, { sent, silent, kills, unsent }: Post): Promise<void> {
  const { world } = run;
  const twins: string[] = [];
  for (const { callerName } of run.left) {
    const times = sent.filter((name) => name === callerName).length;
    assert.ok(times <= 2, `${callerName} was sent ${times} times`);
    if (times === 2) twins.push(callerName);
    // Opened before it was sent: then it was laid into the mailbox.
    const lies = world.mails().filter(({ draft }) => draft?.call.name === callerName).length;
    assert.ok(lies <= Math.max(1, times), `${callerName} was sent ${times} times, and lies there ${lies} times`);
    // Killed twice in the very moment before: better never mailed than mailed at every start.
    assert.ok(times + lies > 0 || unsent > 1 || run.thrown.has(callerName) || run.destroyed.has(callerName), `${callerName} was never mailed`);
    assert.ok(!isDeleted(sideOf(run, callerName)) || run.thrown.has(callerName), `${callerName} was deleted, and by nobody`);
  }
  assert.ok(twins.length <= kills + silent, `${twins.join(', ')} were sent twice, without a reason`);
  const pairs = await world.pairs();
  assert.ok(pairs.every(({ hasAudio, voicemail }) => hasAudio || voicemail === 'gone' || voicemail === 'deleted'), 'a message without a copy of ours');
  const box = world.pbx.boxes.all.get(anns);
  assert.equal((box?.shown ?? 0) > 0, (box?.folders.INBOX.length ?? 0) > 0, 'the lamp shows something else than the box');
}
