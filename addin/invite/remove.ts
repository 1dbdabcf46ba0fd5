import { findConferenceIds } from '../../invitation/links.ts';
import { composeBody, writeBody } from '../office/body.ts';
import { holdItem } from '../office/item.ts';
import { readLocation } from '../office/location.ts';
import { clearRecord } from '../office/record.ts';
import type { Server } from '../talk/server.ts';
import { loadEngine } from './load-engine.ts';
import { removeJoinLocation } from './location.ts';
import type { InInvite, RemoveOutcome } from './outcome.ts';
import { troubleOf } from './trouble.ts';

/** The server's word on the conference helps to know our lines, but the removal does not wait for it longer than this, ms. */
const PATIENCE_MS = 3000;

async function known(server: Server, id: string): Promise<InInvite | undefined> {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), PATIENCE_MS);
  try {
    return await server.client.read(id, limit.signal);
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}

/** After the text: location line and memory. An item that has come in its place since keeps its own. */
async function forget(joinBase: string | undefined, same: () => unknown): Promise<void> {
  try {
    same();
    await removeJoinLocation(joinBase);
    same();
    await clearRecord();
  } catch {
    // The text is out, and that is what counts: a record without a text to it means nothing.
  }
}

/**
 * Takes the conference out of the invite: text, location, what the item remembers; and gives it back to the server,
 * which drops it at once if it was never sent. Works with the server away: the calendar tells it later.
 */
export async function removeConference(server: Server): Promise<RemoveOutcome> {
  try {
    const same = holdItem();
    const [first, { findBlocks, removeBlock, everyBlock }] = await Promise.all([composeBody(), loadEngine()]);
    const id = findBlocks(first.content, first.format, undefined, { texts: everyBlock })[0]?.id ?? findConferenceIds(await readLocation().catch(() => ''))[0];
    if (id === undefined) return { done: 'none', invite: undefined };
    const invite = await known(server, id);
    same();
    const body = await composeBody();
    const hints = invite === undefined ? { texts: everyBlock } : { texts: everyBlock, block: invite.block };
    const joinBase = invite?.block.joinBase;
    const removed = removeBlock(body.content, body.format, joinBase, hints);
    same();
    if (removed.outcome !== 'nothing') await writeBody({ format: body.format, content: removed.body });
    await forget(joinBase, same);
    await server.client.release(id).catch(() => undefined);
    return { done: removed.outcome === 'parts' ? 'parts' : 'removed', invite };
  } catch (fault) {
    return { done: 'nothing', trouble: troubleOf(fault) };
  }
}
