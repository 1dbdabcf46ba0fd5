import type { ConferenceView } from '../../contract/conference/conference.ts';
import { lintInvite, markOf } from '../../invitation/lint/index.ts';
import type { Finding } from '../../invitation/lint/index.ts';
import { composeBody } from '../office/body.ts';
import { readSurroundings } from '../office/lint-facts.ts';
import { loadEngine } from './load-engine.ts';

/**
 * What is wrong with the invite as it is now, by the rules that the send handler has too; blocks are counted by the engine
 * that knows them. Nothing where Outlook does not let us look.
 */
export async function lintNow(conference: ConferenceView): Promise<Finding[]> {
  try {
    const [{ content, format }, surroundings, { findBlocks, everyBlock }] = await Promise.all([composeBody(), readSurroundings(), loadEngine()]);
    const blocks = findBlocks(content, format, undefined, { texts: everyBlock }).filter((block) => !block.quoted).length;
    const { lobby, accessCode, hostCode } = conference;
    const dialIn = conference.dialIn.map(({ country }) => country);
    return lintInvite({ ...surroundings, body: content, blocks, conference: { lobby, accessCode, dialIn, hostCode: markOf(hostCode ?? '') } });
  } catch {
    return [];
  }
}
