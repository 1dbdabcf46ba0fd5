import { findBlocks, findConferenceIds, findForeign } from '../../invitation/index.ts';
import type { ForeignService } from '../../invitation/index.ts';
import { everyBlock } from '../../words/block.ts';
import { composeBody, readBody } from '../office/body.ts';
import { TalkFault } from '../talk/fault.ts';
import type { Server } from '../talk/server.ts';
import type { InInvite, Trouble } from './outcome.ts';
import { troubleOf } from './trouble.ts';

/** What stands in an invite, as far as we can tell. */
export interface InviteState {
  /** Id of the conference that its text names; undefined when none does. */
  id: string | undefined;
  invite: InInvite | undefined;
  /** Some of our lines are missing. */
  damaged: boolean;
  /** The text says something other than the server would write now. */
  outdated: boolean;
  /** The conference belongs to another person or another meeting. */
  copied: boolean;
  foreign: ForeignService[];
  trouble: Trouble | undefined;
}

const EMPTY: InviteState = { id: undefined, invite: undefined, damaged: false, outdated: false, copied: false, foreign: [], trouble: undefined };

/** Reads an appointment that is being written, and asks the server about the conference that it names. */
export async function readInvite(server: Server): Promise<InviteState> {
  try {
    const body = await composeBody();
    const foreign = findForeign(body.content);
    const block = findBlocks(body.content, body.format, undefined, { texts: everyBlock }).find((found) => !found.quoted);
    if (block === undefined) return { ...EMPTY, foreign };
    return await ask(server, block.id, (invite) => {
      const again = findBlocks(body.content, body.format, invite.block.joinBase, { texts: everyBlock, block: invite.block })[0];
      return { ...EMPTY, foreign, damaged: again?.damaged ?? block.damaged };
    }, { ...EMPTY, foreign, damaged: block.damaged });
  } catch (fault) {
    return { ...EMPTY, trouble: troubleOf(fault) };
  }
}

/** Reads an appointment that somebody sent. */
export async function readSent(server: Server): Promise<InviteState> {
  try {
    const id = findConferenceIds(await readBody('html'))[0];
    if (id === undefined) return EMPTY;
    return await ask(server, id, () => EMPTY, EMPTY);
  } catch (fault) {
    return { ...EMPTY, trouble: troubleOf(fault) };
  }
}

async function ask(server: Server, id: string, found: (invite: InInvite) => InviteState, unknown: InviteState): Promise<InviteState> {
  try {
    const invite = await server.client.read(id);
    return { ...found(invite), id, invite };
  } catch (fault) {
    const strange = fault instanceof TalkFault && (fault.kind === 'not-found' || fault.kind === 'not-allowed');
    if (strange) return { ...unknown, id, copied: true };
    return { ...unknown, id, trouble: troubleOf(fault) };
  }
}
