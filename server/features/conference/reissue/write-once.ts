import { everyBlock } from '../../../../words/index.ts';
import type { CalendarEvent, MailboxRef } from '../../../domain/calendar.ts';
import { OurError } from '../../../domain/errors.ts';
import type { CalendarSource } from '../../../ports/calendar-source.ts';
import { blockOf } from '../invite/block.ts';
import type { Conference } from '../conference.ts';
import type { ConferenceDeps } from '../deps.ts';
import { mailedBy } from '../invite/write-invite.ts';
import { bridgeAfter, type Invite, type Run } from './reissue.ts';
import { reissuedText, restoredText, type Reissued } from './reissued-text.ts';

/** One invite, written at most once for each phase of a run, whatever ends in between. */

/** What became of it. `moved`: the event changed before each try, nothing was written. `overtaken`: the run was stopped, or somebody else has it. */
export type Outcome = { kind: 'written' | 'same'; people: number } | { kind: 'due'; people: number } | { kind: 'left'; reason: NonNullable<Invite['reason']> } | { kind: 'moved' } | { kind: 'overtaken' };

/** Marks the write before it is done; false when this is no longer ours to do. */
type Claim = (write: Extract<Reissued, { kind: 'write' }>, event: CalendarEvent) => Promise<boolean>;

type Decide = (texts: Parameters<Parameters<CalendarSource['edit']>[2]>[1]) => Reissued;

interface Place {
  source: CalendarSource;
  mailbox: MailboxRef;
  eventId: string;
  decide: Decide;
}

/** How often the event may change under our hands in one try. */
const mostMoves = 3;

/** Reads it and says what a write would do. Writes nothing. Throws TheirError. */
export async function lookAt(deps: ConferenceDeps, run: Run, invite: Invite, conference: Conference): Promise<Outcome> {
  const place = await placeOf(deps, invite, conference, run);
  if ('kind' in place) return place;
  const seen = await look(deps, place);
  if (!seen) return { kind: 'left', reason: 'gone' };
  if (seen.decided.kind === 'left') return seen.decided;
  // One that says the right thing already is moved all the same; nobody is mailed for it.
  if (seen.decided.kind === 'same') return run.toBridge === null ? { kind: 'same', people: 0 } : { kind: 'due', people: 0 };
  return { kind: 'due', people: mailedBy(seen.event) };
}

/**
 * Writes it, or finds out what became of a write that was begun. The claim holds the version that was read: whoever comes after a crash writes only while the event still is
 * that version, takes a block that says the new thing for our own, and leaves everything else alone. If-Match does the rest when two do it at once. Throws TheirError.
 */
export async function writeOnce(deps: ConferenceDeps, run: Run, invite: Invite, conference: Conference, isBegun: boolean, claim: Claim): Promise<Outcome> {
  const place = await placeOf(deps, invite, conference, run);
  if ('kind' in place) return place;
  if (isBegun) return goOn(deps, invite, place);
  for (let move = 0; move < mostMoves; move++) {
    const seen = await look(deps, place);
    if (!seen) return { kind: 'left', reason: 'gone' };
    const { decided, event } = seen;
    if (decided.kind === 'left') return decided;
    if (decided.kind === 'same') return { kind: 'same', people: 0 };
    if (!(await claim(decided, event))) return { kind: 'overtaken' };
    const outcome = await writeAt(deps, place, event.version);
    if (outcome.kind !== 'moved') return outcome;
  }
  return { kind: 'moved' };
}

async function goOn(deps: ConferenceDeps, invite: Invite, place: Place): Promise<Outcome> {
  if (invite.version === null) throw new OurError('an invite was claimed without its version');
  const outcome = await writeAt(deps, place, invite.version);
  // Nobody can tell a change of theirs from one of ours that somebody took back.
  if (outcome.kind === 'moved') return { kind: 'left', reason: 'in-doubt' };
  return outcome.kind === 'same' ? { kind: 'written', people: outcome.people } : outcome;
}

/** Writes only into this version. */
async function writeAt(deps: ConferenceDeps, { source, mailbox, eventId, decide }: Place, version: string): Promise<Outcome> {
  let found: Outcome = { kind: 'moved' };
  const { outcome, event } = await deps.effect('reissue.invite.write', () =>
    source.edit(mailbox, eventId, (now, texts) => {
      const decided = decide(texts);
      if (decided.kind === 'left') found = decided;
      if (decided.kind === 'same') found = { kind: 'same', people: mailedBy(now) };
      if (decided.kind !== 'write' || now.version !== version) return null;
      return { body: decided.body };
    }),
  );
  if (outcome === 'gone') return { kind: 'left', reason: 'gone' };
  return outcome === 'written' ? { kind: 'written', people: event ? mailedBy(event) : 0 } : found;
}

async function look(deps: ConferenceDeps, { source, mailbox, eventId, decide }: Place): Promise<{ decided: Reissued; event: CalendarEvent } | null> {
  let decided: Reissued = { kind: 'same' };
  const { event } = await deps.effect('reissue.read', () =>
    source.edit(mailbox, eventId, (_event, texts) => {
      decided = decide(texts);
      return null;
    }),
  );
  return event && { decided, event };
}

async function placeOf(deps: ConferenceDeps, { eventId, mailbox, format, before, after }: Invite, conference: Conference, run: Run): Promise<Place | Extract<Outcome, { kind: 'left' }>> {
  const source = deps.calendars.sources.find(({ instance }) => instance === mailbox?.instance);
  if (!mailbox || !source?.capabilities.write) return { kind: 'left', reason: 'read-only' };
  const { id } = conference;
  const bridge = bridgeAfter(run) ?? conference.bridgeInstance;
  // Nobody is moved away from those they talk with.
  if (bridge !== conference.bridgeInstance && conference.members > 0) return { kind: 'left', reason: 'in-use' };
  if (run.phase !== 'undo') {
    const isAhead = (conference.state === 'scheduled' || conference.state === 'live') && (conference.closesAt === null || conference.closesAt > deps.clock.now());
    // An event that the conference has left is not its invite any more.
    if (!isAhead || (!conference.isStanding && conference.eventId !== eventId)) return { kind: 'left', reason: 'over' };
    const block = await blockOf(deps, { ...conference, bridgeInstance: bridge });
    const wanted = { ...block, joinBase: deps.joinBase };
    return { source, mailbox, eventId, decide: (texts) => reissuedText(texts, id, wanted, everyBlock) };
  }
  if (before === '' && after === '') return { source, mailbox, eventId, decide: () => ({ kind: 'same' }) };
  if (format === null || before === null || after === null) throw new OurError('an invite has no former block to bring back');
  return { source, mailbox, eventId, decide: (texts) => restoredText(texts, id, { format, before, after }, deps.joinBase, everyBlock) };
}
