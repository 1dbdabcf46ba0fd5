import type { HoldResponse } from '../../contract/conference/conference.ts';
import { appendBlock } from '../../invitation/append.ts';
import type { PutResult } from '../../invitation/append.ts';
import type { Block } from '../../invitation/block.ts';
import { findForeign } from '../../invitation/foreign.ts';
import { mayHoldLinks } from '../../invitation/links.ts';
import type { BodyFormat } from '../../invitation/types.ts';
import { composeBody, writeBody } from '../office/body.ts';
import type { Body } from '../office/body.ts';
import { inviteFacts } from '../office/facts.ts';
import { holdItem } from '../office/item.ts';
import { sharedOwner } from '../office/identity.ts';
import { TalkFault } from '../talk/fault.ts';
import type { Server } from '../talk/server.ts';
import { loadEngine } from './load-engine.ts';
import { putJoinLocation } from './location.ts';
import type { InInvite, PutOutcome } from './outcome.ts';
import { remember } from './remember.ts';
import { troubleOf } from './trouble.ts';

/** States in which a conference's link and codes are good for nothing any more. One that only a newer server knows is none of them: a link that people may have is not thrown away for a word. */
const OVER: readonly string[] = ['ended', 'cancelled'];

/** What `putConference` may be told. */
export interface PutOptions {
  /** One per press of the button: the same key gives the same conference. */
  idempotencyKey: string;
  /** Language of the block, two letters; without it as the calendar's owner has set it. */
  language?: string;
  /** Id of a type that the server offers; without it as the owner has set it. */
  bridge?: string;
  /** A room of its own, or the owner's standing one; without it as the owner has set it. */
  room?: 'fresh' | 'personal';
  /** Take a new conference even if the invite has one: "Give this meeting its own". */
  fresh?: boolean;
}

async function idIn(body: Body): Promise<string | undefined> {
  if (!mayHoldLinks(body.content, undefined)) return undefined;
  const { findBlocks, everyBlock } = await loadEngine();
  const blocks = findBlocks(body.content, body.format, undefined, { texts: everyBlock });
  return (blocks.find((block) => !block.quoted) ?? blocks[0])?.id;
}

/** The conference that the invite has already, if it is one that this person may use. */
async function present(server: Server, body: Body): Promise<InInvite | undefined> {
  const id = await idIn(body);
  if (id === undefined) return undefined;
  try {
    const found = await server.client.read(id);
    return OVER.includes(found.conference.state) ? undefined : found;
  } catch (fault) {
    // Another person's, or copied from elsewhere: this invite gets its own.
    if (fault instanceof TalkFault && (fault.kind === 'not-found' || fault.kind === 'not-allowed')) return undefined;
    throw fault;
  }
}

async function hold(server: Server, options: PutOptions): Promise<HoldResponse> {
  const [facts, owner] = await Promise.all([inviteFacts(), sharedOwner()]);
  return server.client.hold({
    ...facts,
    idempotencyKey: options.idempotencyKey,
    ...(options.language === undefined ? {} : { language: options.language }),
    ...(options.bridge === undefined ? {} : { bridge: options.bridge }),
    ...(options.room === undefined ? {} : { room: options.room }),
    ...(owner === undefined ? {} : { owner }),
  });
}

async function release(server: Server, id: string): Promise<void> {
  await server.client.release(id).catch(() => undefined);
}

async function putOver(content: string, format: BodyFormat, block: Block): Promise<PutResult> {
  const { putBlock, everyBlock } = await loadEngine();
  return putBlock(content, format, block, everyBlock);
}

/** Throws when the pane has come to stand beside another item: what was asked for one invite must never be written into another. */
type Same = () => unknown;

/** Puts the block into the body as it is now; the person may have typed since it was read last. */
async function write({ block }: InInvite, same: Same): Promise<PutResult> {
  same();
  const { content, format } = await composeBody();
  const put = mayHoldLinks(content, block.joinBase) ? await putOver(content, format, block) : appendBlock(content, format, block);
  same();
  if (put.outcome !== 'unchanged' && put.outcome !== 'too-large') await writeBody({ format, content: put.body });
  return put;
}

type Written = Exclude<PutResult, { outcome: 'too-large' }>;

/** After the text: location line and memory, neither of which can undo it. An item that has come in its place since gets neither. */
async function finish(server: Server, invite: InInvite, put: Written, same: Same, isNew: boolean, ticket: HoldResponse['ticket'] | undefined): Promise<PutOutcome> {
  const { joinUrl, id } = invite.conference;
  const { joinBase } = invite.block;
  let inLocation = false;
  try {
    same();
    inLocation = await putJoinLocation(joinUrl, joinBase);
    same();
    await remember(server.origin, id, ticket);
  } catch {
    // The text stands where it was asked for; the calendar tells the server the rest.
  }
  const written = put.outcome === 'unchanged' ? 'current' : 'renewed';
  return { done: isNew ? 'added' : written, invite, foreign: findForeign(put.body), locationFull: !inLocation, kept: put.kept };
}

/** Writes a conference that the server has reserved; gives it back when it cannot be written. */
async function writeHeld(server: Server, held: HoldResponse, same: Same): Promise<PutOutcome> {
  try {
    const put = await write(held, same);
    if (put.outcome === 'too-large') {
      await release(server, held.conference.id);
      return { done: 'nothing', trouble: { kind: 'full', over: put.over } };
    }
    return await finish(server, held, put, same, true, held.ticket);
  } catch (fault) {
    await release(server, held.conference.id);
    return { done: 'nothing', trouble: troubleOf(fault) };
  }
}

async function writePresent(server: Server, invite: InInvite, same: Same): Promise<PutOutcome> {
  const put = await write(invite, same);
  if (put.outcome === 'too-large') return { done: 'nothing', trouble: { kind: 'full', over: put.over } };
  const ticket = await server.client.renewTicket(invite.conference.id).then(
    (answer) => answer.ticket,
    () => undefined,
  );
  return finish(server, invite, put, same, false, ticket);
}

/**
 * Puts a conference into the invite: the one that stands there is repaired, else a new one is reserved. Nothing of the
 * user's text changes, and where anything fails the invite is as it was.
 */
export async function putConference(server: Server, options: PutOptions): Promise<PutOutcome> {
  try {
    const same = holdItem();
    const body = await composeBody();
    const existing = options.fresh === true ? undefined : await present(server, body);
    if (existing !== undefined) return await writePresent(server, existing, same);
    const held = await hold(server, options);
    const meanwhile = await idIn(await composeBody());
    if (options.fresh !== true && meanwhile !== undefined && meanwhile !== (await idIn(body)) && meanwhile !== held.conference.id) {
      // Another pane on the same invite was faster: its conference stands, ours is given back.
      await release(server, held.conference.id);
      return await writePresent(server, await server.client.read(meanwhile), same);
    }
    return await writeHeld(server, held, same);
  } catch (fault) {
    return { done: 'nothing', trouble: troubleOf(fault) };
  }
}

/** Writes a block that the server has made anew (other language, new passcode) over the one in the invite. `same`: made before the server was asked. */
export async function renewBlock(server: Server, invite: InInvite, same?: Same): Promise<PutOutcome> {
  try {
    const still = same ?? holdItem();
    const put = await write(invite, still);
    if (put.outcome === 'too-large') return { done: 'nothing', trouble: { kind: 'full', over: put.over } };
    return await finish(server, invite, put, still, false, undefined);
  } catch (fault) {
    return { done: 'nothing', trouble: troubleOf(fault) };
  }
}

/** Puts back a conference that was just taken out: the same link and codes. */
export async function restoreBlock(server: Server, invite: InInvite): Promise<PutOutcome> {
  try {
    return await writePresent(server, invite, holdItem());
  } catch (fault) {
    return { done: 'nothing', trouble: troubleOf(fault) };
  }
}
