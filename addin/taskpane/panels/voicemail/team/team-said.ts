import type { VoicemailTeamView } from '../../../../../contract/voicemail/team.ts';
import type { ListeningWords } from '../../../../../words/listening/en.ts';
import type { Times } from '../../../../../words/times.ts';

/** What a member of a team sees of a message of its box, and may do with it. Pure. */

export type TeamDeed = 'take' | 'takeOver' | 'finish' | 'reopen';

/** The one step that is next; undefined where somebody may only listen. */
export function nextDeed({ access, taken }: Pick<VoicemailTeamView, 'access' | 'taken'>): TeamDeed | undefined {
  if (access === 'listen') return undefined;
  if (taken === null) return 'take';
  if (!taken.isMe) return 'takeOver';
  return taken.doneAt === null ? 'finish' : 'reopen';
}

/** Who has it, since when (`now` epoch ms); '' while nobody has. */
export function takenSaid(taken: VoicemailTeamView['taken'], now: number, words: ListeningWords, times: Times): string {
  if (taken === null) return '';
  const { name, isMe, at, doneAt } = taken;
  if (doneAt !== null) return isMe ? words.amDone : words.isDone(name);
  const isToday = times.day(at) === times.day(now);
  const when = isToday ? times.time(at) : times.day(at);
  return isMe ? words.tookIt(when, isToday) : words.took(name, when, isToday);
}

/** Who has played it, in the order in which they did; '' while nobody has. */
export function playedSaid(playedBy: VoicemailTeamView['playedBy'], words: ListeningWords): string {
  return playedBy.length === 0 ? '' : words.playedBy(playedBy.map(({ name, isMe }) => (isMe ? words.you : name)).join(', '));
}
