import { findForeign } from '../../invitation/foreign.ts';
import type { ForeignService } from '../../invitation/foreign.ts';
import { mayHoldLinks } from '../../invitation/links.ts';
import { composeBody } from '../office/body.ts';
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

/** Reads an appointment that is being written, and asks the server about the conference that it names. */
export async function readInvite(server: Server): Promise<InviteState> {
  try {
    const { content, format } = await composeBody();
    const foreign = findForeign(content);
    if (!mayHoldLinks(content, undefined)) return { ...EMPTY, foreign };
    const { findBlocks, everyBlock } = await loadEngine();
    const block = findBlocks(content, format, undefined, { texts: everyBlock }).find((found) => !found.quoted);
    if (block === undefined) return { ...EMPTY, foreign };
    const state = { ...EMPTY, foreign, id: block.id, damaged: block.damaged };
    const invite = await ask(server, block.id);
    if (invite === undefined) return { ...state, copied: true };
    if ('kind' in invite) return { ...state, trouble: invite };
    // Only the server knows whether this conference has a code that the text lacks.
    const [again] = findBlocks(content, format, invite.block.joinBase, { texts: everyBlock, block: invite.block });
    return { ...state, invite, damaged: again?.damaged ?? block.damaged };
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
