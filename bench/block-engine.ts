import { findConferenceIds, makeBlock, putBlock, removeBlock, type Block } from '../invitation/index.ts';
import type { BenchContext, Figure, Result } from './frame/figure.ts';
import { type InviteBody, inviteBodies } from './frame/invite-bodies.ts';
import { cpuSeconds, median } from './frame/statistics.ts';

const texts = {
  join: 'Join the conference', passcode: 'Passcode', byPhone: 'By phone', accessCode: 'Access code', otherNumbers: 'Numbers in other countries',
  otherCountries: 'Other countries', host: 'Host', help: 'Help joining',
};

function block(passcode: string): Block {
  const numbers = [{ country: 'Germany', display: '+49 30 23125 400', e164: '+493023125400' }];
  const joinUrl = 'https://meet.example.com/j/k7v5m2qx4tndk7v5m2qx4tndab';
  return makeBlock({ joinUrl, passcode, accessCode: '482913756', numbers, moreNumbers: true, host: 'Anna Berger' }, texts);
}

const first = block('7391');
const second = block('2468');

/** Each work on one body; those that start with a block get the body that `put` made. */
const works: readonly { metric: string; work: (clean: InviteBody, filled: InviteBody) => unknown }[] = [
  { metric: 'put into a body without one', work: (clean) => putBlock(clean.content, clean.format, first) },
  { metric: 'put again, nothing to do', work: (_, filled) => putBlock(filled.content, filled.format, first) },
  { metric: 'replace by a new passcode', work: (_, filled) => putBlock(filled.content, filled.format, second) },
  { metric: 'remove', work: (_, filled) => removeBlock(filled.content, filled.format, first.joinBase, { block: first }) },
  { metric: 'find the id at send', work: (_, filled) => findConferenceIds(filled.content) },
];

/** CPU milliseconds for a million characters, over all bodies in turn: what a person waits for after pressing the button. */
async function run(context: BenchContext): Promise<Result[]> {
  const clean = inviteBodies(context.isFull ? 1000 : 200);
  const filled = clean.map(({ content, format }): InviteBody => ({ format, content: putBlock(content, format, first).body }));
  clean.forEach((body, index) => mustComeBack(body, filled[index]));
  const millions = clean.reduce((sum, body) => sum + body.content.length, 0) / 1_000_000;
  const runs = context.isFull ? 15 : 5;
  context.note(`${clean.length} bodies, ${millions.toFixed(1)} million characters; median of ${runs} passes, after one to warm up.`);
  return works.map(({ metric, work }) => {
    const pass = (): number => {
      const startedAt = cpuSeconds();
      clean.forEach((body, index) => work(body, filled[index] ?? body));
      return ((cpuSeconds() - startedAt) * 1000) / millions;
    };
    pass();
    return { metric, unit: 'CPU ms/MB', ours: median(Array.from({ length: runs }, pass)), peer: null, peerName: null, better: 'lower', runs };
  });
}

/** A fast engine that loses a character is worth nothing: each work must have done what its name says, and what goes in and out again is what it was. */
function mustComeBack(before: InviteBody, after: InviteBody | undefined): void {
  if (!after || !isRight(before.content, after)) throw new Error(`a ${before.format} body of ${before.content.length} characters did not come back as it was`);
}

function isRight(clean: string, { content, format }: InviteBody): boolean {
  const replaced = putBlock(content, format, second);
  return (
    findConferenceIds(content).length === 1 &&
    putBlock(content, format, first).outcome === 'unchanged' &&
    replaced.outcome === 'replaced' &&
    removeBlock(content, format, first.joinBase, { block: first }).body === clean &&
    removeBlock(replaced.body, format, second.joinBase, { block: second }).body === clean
  );
}

export const figures: readonly Figure[] = [{ id: 'block-engine', title: 'Invite block: find, put, replace, remove in generated bodies', run }];
