import { TheirError } from '../../../domain/errors.ts';
import type { MailHome, MailStore } from '../../../ports/mail-store.ts';
import type { VoicemailDeps } from '../deps.ts';
import { Overtaken, type BoxState } from '../journal.ts';
import { syncBox, type Link, type RoundResult } from './round.ts';

/** What this process remembers besides the journal: which boxes it has seen whole, and which folder of which mailbox is watched through it, and how often a mail's end was lost. */
export interface ProcessMemory {
  seen: Set<string>;
  watched: Map<string, string>;
  lost: Map<string, number>;
  /** Mailboxes whose watch ran out and could not be renewed, as people have been told. */
  lapsed: Set<string>;
}

export function newMemory(): ProcessMemory {
  return { seen: new Set(), watched: new Map(), lost: new Map(), lapsed: new Set() };
}

/** A watch is renewed so long before it ends, ms. */
const renewBeforeMs = 30 * 60_000;
/** A mailbox that tells nothing is looked at after this, ms: the promise is that a change is followed within 20 seconds. */
const mailPollMs = 12_000;

/**
 * One round over each of a person's boxes. The work's row is their lease: one process does this at a time, and one that lost it finds itself overtaken.
 * Throws TheirError when something stands in the way that passes, after everything else was done.
 */
export async function syncPerson(deps: VoicemailDeps, memory: ProcessMemory, tenantId: string, personId: string): Promise<{ againAt: number } | void> {
  const boxes = (await deps.journal.boxesOf(tenantId, personId)).filter(({ handsOff }) => handsOff === null);
  const [first] = boxes;
  if (!first) return;
  const policy = await deps.policyOf(tenantId, personId);
  const mailbox = policy.mode === 'off' ? null : await mailboxNow(deps, tenantId, personId, boxes);
  const store = mailbox && deps.mails.find(({ instance }) => instance === mailbox.instance);
  const mail = mailbox && store ? { store, mailbox: { instance: mailbox.instance, id: mailbox.id, folder: store.capabilities.folders ? policy.folder : '' } } : null;
  const notifier = policy.mode === 'off' ? null : await deps.notifierOf(tenantId, personId);
  const now = deps.clock.now();
  let againAt = now + deps.times.sweepMs;
  let failure: TheirError | null = null;
  let isParked = false;
  let watched = first;
  for (const box of boxes) {
    const voicemail = deps.voicemails.find(({ instance }) => instance === box.instance);
    if (!voicemail) continue;
    const result = await oneBox(deps, memory, { tenantId, personId, voicemail, mail, notifier, policy, lost: memory.lost }, box);
    againAt = Math.min(againAt, result.againAt ?? Infinity, mail ? result.freshAt : Infinity, voicemail.capabilities.events ? Infinity : now + untoldMs);
    failure ??= result.failure;
    isParked ||= result.isParked;
    if (box === first) watched = result.box;
  }
  // One that is closed to us or gone cannot be watched either.
  if (mail && !isParked) {
    const watch = await keepWatch(deps, memory, mail.store, mail.mailbox, watched);
    againAt = Math.min(againAt, watch.againAt);
    failure ??= watch.failure;
  }
  if (failure) throw failure;
  return { againAt: Math.max(againAt, now + leastWaitMs) };
}

/**
 * Where their mail goes. While their mail system cannot even say that (IMAP servers are asked by name), it is where it went last: what a caller leaves meanwhile is listed
 * and heard all the same, and mailed when the system is back. Throws TheirError when it was never known.
 */
async function mailboxNow(deps: VoicemailDeps, tenantId: string, personId: string, boxes: readonly BoxState[]): Promise<{ instance: string; id: string } | null> {
  try {
    return await deps.mailboxOf(tenantId, personId);
  } catch (error) {
    // Of an owner before them nothing was looked at.
    const last = boxes.find(({ mailLookedAt }) => mailLookedAt !== null)?.mailbox;
    if (!(error instanceof TheirError) || !error.passing || !last) throw error;
    return last;
  }
}

/** A box whose system tells nothing is looked at after this, ms: two changes that leave its counts as they were show in no comparison. */
const untoldMs = 5 * 60_000;
/** What is left of a backlog goes on at once, and yet after what was woken meanwhile. */
const leastWaitMs = 50;

async function oneBox(deps: VoicemailDeps, memory: ProcessMemory, link: Link, box: BoxState): Promise<Pick<RoundResult, 'againAt' | 'failure' | 'freshAt' | 'isParked' | 'box'>> {
  const nothing = { failure: null, freshAt: Infinity, isParked: false, box };
  const key = `${link.tenantId}/${box.instance}/${box.box}`;
  try {
    const loaded = await deps.journal.load(link.tenantId, box.instance, box.box);
    if (!loaded) return { ...nothing, againAt: null };
    const result = await syncBox(deps, link, loaded, !memory.seen.has(key));
    if (result.sawAll) memory.seen.add(key);
    return result;
  } catch (error) {
    if (!(error instanceof Overtaken)) throw error;
    return { ...nothing, againAt: deps.clock.now() };
  }
}

/** Asks to be told of the mailbox's changes, or says when to look at one that tells nothing. Its first box remembers until when. */
async function keepWatch(deps: VoicemailDeps, memory: ProcessMemory, store: MailStore, home: MailHome, box: BoxState): Promise<{ againAt: number; failure: TheirError | null }> {
  const now = deps.clock.now();
  if (!store.capabilities.notifications) return { againAt: now + mailPollMs, failure: null };
  const { folder = '' } = home;
  const key = `${home.instance}/${home.id}`;
  const expiresAt = box.watchExpiresAt;
  const isSameFolder = box.watchFolder === folder;
  if (expiresAt !== null && isSameFolder && expiresAt - renewBeforeMs > now) return { againAt: expiresAt - renewBeforeMs, failure: null };
  if (expiresAt === null && memory.watched.get(key) === folder) return { againAt: Infinity, failure: null };
  try {
    const watch = await store.watch(home);
    memory.watched.set(key, folder);
    memory.lapsed.delete(key);
    if (watch.expiresAt !== expiresAt || !isSameFolder) await deps.journal.save({ ...box, watchExpiresAt: watch.expiresAt, watchFolder: folder }, [], []);
    return { againAt: watch.expiresAt === null ? Infinity : Math.max(now + mailPollMs, watch.expiresAt - renewBeforeMs), failure: null };
  } catch (error) {
    if (error instanceof Overtaken) return { againAt: now, failure: null };
    if (!(error instanceof TheirError)) throw error;
    // Not told, but looked at: what we cannot be told of is asked for.
    deps.log.warn({ instance: store.instance, err: error.message }, 'a mailbox cannot be watched; it is looked at instead');
    // An end that is past: whoever asks is told that nobody watches. One that merely passed changes no row: it is written once more, so that an open pane hears of it.
    if (expiresAt === null || (expiresAt <= now && !memory.lapsed.has(key))) {
      memory.lapsed.add(key);
      await noteUnwatched(deps, box, now);
    }
    return { againAt: now + mailPollMs, failure: null };
  }
}

async function noteUnwatched(deps: VoicemailDeps, box: BoxState, now: number): Promise<void> {
  try {
    await deps.journal.save({ ...box, watchExpiresAt: now }, [], []);
  } catch (error) {
    // Whoever was faster looks, too.
    if (!(error instanceof Overtaken)) throw error;
  }
}
