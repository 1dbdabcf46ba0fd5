import { findForeign } from '../../invitation/foreign.ts';
import { ownText } from '../../invitation/lint/own-text.ts';
import type { ForeignService } from '../../invitation/foreign.ts';
import { mayHoldLinks } from '../../invitation/links.ts';
import type { Block } from '../../invitation/block.ts';
import { composeBody } from '../office/body.ts';
import type { Body } from '../office/body.ts';
import { readLocation } from '../office/location.ts';
import { TalkFault } from '../talk/fault.ts';
import type { Server } from '../talk/server.ts';
import { loadEngine } from './load-engine.ts';
import type { InInvite, Trouble } from './outcome.ts';
import { troubleOf } from './trouble.ts';

/** What stands in an invite, as far as we can tell. */
export interface InviteState {
  /** Id of the conference that its text names; undefined when none does. */
  id: string | undefined;
  invite: InInvite | undefined;
  /** Some of our lines are missing. */
  damaged: boolean;
  /** The conference belongs to another person or another meeting. */
  copied: boolean;
  foreign: ForeignService[];
  trouble: Trouble | undefined;
}

const EMPTY: InviteState = { id: undefined, invite: undefined, damaged: false, copied: false, foreign: [], trouble: undefined };

type InText = Pick<InviteState, 'id' | 'damaged' | 'foreign'>;

/** Body and location line; a line that Outlook does not tell says nothing. */
function readBoth(): Promise<[Body, string]> {
  return Promise.all([composeBody(), readLocation().catch(() => '')]);
}

/** `known`: the conference's block as the server has it. Only the server knows whether a conference has a code that the text lacks; where its addresses have moved since, the text says more. */
async function inText([{ content, format }, location]: [Body, string], known?: Block): Promise<InText> {
  // As the rule at send counts them (invitation/lint/rules.ts): what the organizer wrote, and the location.
  const foreign = findForeign(`${ownText(content)} ${location}`);
  const nothing = { id: undefined, damaged: false, foreign };
  if (!mayHoldLinks(content, undefined)) return nothing;
  const { findBlocks, everyBlock } = await loadEngine();
  const find = (base?: string, hint?: { block: Block }) => findBlocks(content, format, base, { texts: everyBlock, ...hint }).find((found) => !found.quoted);
  const block = find();
  if (block === undefined) return nothing;
  const compared = known && find(known.joinBase, { block: known });
  return { id: block.id, damaged: (compared ?? block).damaged, foreign };
}

/** What stands in the text alone, without the server: for a look at an invite that was read before. @throws OfficeFault */
export async function readText(known: Block | undefined): Promise<InText> {
  return inText(await readBoth(), known);
}

/** Reads an appointment that is being written, and asks the server about the conference that it names. */
export async function readInvite(server: Server): Promise<InviteState> {
  try {
    const both = await readBoth();
    const state: InviteState = { ...EMPTY, ...(await inText(both)) };
    if (state.id === undefined) return state;
    const invite = await ask(server, state.id);
    if (invite === undefined) return { ...state, copied: true };
    if ('kind' in invite) return { ...state, trouble: invite };
    return { ...state, ...(await inText(both, invite.block)), invite };
  } catch (fault) {
    return { ...EMPTY, trouble: troubleOf(fault) };
  }
}

/** The conference; undefined when it is another person's or another meeting's. */
async function ask(server: Server, id: string): Promise<InInvite | Trouble | undefined> {
  try {
    return await server.client.read(id);
  } catch (fault) {
    const isStrange = fault instanceof TalkFault && (fault.kind === 'not-found' || fault.kind === 'not-allowed');
    return isStrange ? undefined : troubleOf(fault);
  }
}
