import type { RoomView } from '../../../../../contract/conference/room.ts';
import type { RoomWords } from '../../../../../words/room.ts';
import type { Said } from '../../../parts/message.tsx';

type Person = RoomView['people'][number];

/** What somebody in the room is called: the name that their phone or browser gave, else the number. */
export function nameOf({ name, number }: Pick<Person, 'name' | 'number'>, words: RoomWords): string {
  return name || number || words.unknown;
}

/** "+49 30 1 · Host · muted"; nothing where there is nothing to say. */
export function lineOf(person: Pick<Person, 'name' | 'number' | 'isHost' | 'isMuted'>, words: RoomWords): string | undefined {
  const parts = [person.name === '' ? '' : person.number, person.isHost ? words.host : '', person.isMuted ? words.muted : ''].filter(Boolean);
  return parts.length === 0 ? undefined : parts.join(' · ');
}

/** How long a failure stays on the screen, ms: long enough to be read, too short to be taken for news. */
const shownMs = 60_000;

/** What became of the newest command, if whoever pressed has to know. `now` epoch ms. */
export function outcomeSaid({ commands }: Pick<RoomView, 'commands'>, words: RoomWords, now: number): Said | undefined {
  const [last] = commands;
  if (last === undefined || now - Date.parse(last.askedAt) > shownMs) return undefined;
  if (last.state === 'doubt') return { weight: 'amber', lead: words.doubt, text: last.problem === null ? '' : words.problems[last.problem] };
  if (last.state === 'failed') return { weight: 'amber', lead: words.failed[last.what], text: last.problem === null ? '' : words.problems[last.problem] };
  if (last.what !== 'call' || last.state === 'done') return undefined;
  return { weight: 'grey', lead: last.state === 'ringing' ? words.call.ringing : words.call.begun, text: '' };
}

type Crowd = Pick<RoomView, 'people' | 'knocks'>;

/** Who knocked, who came and who went between two looks, in one sentence at most: what a screen reader says. Whoever waits comes first, somebody has to do something about them. */
export function newsOf(earlier: Crowd | undefined, now: Crowd, words: RoomWords): string | undefined {
  const knock = now.knocks?.find(({ id }) => !earlier?.knocks?.some((other) => other.id === id));
  if (knock) return words.door.knocks(nameOf(knock, words));
  if (earlier === undefined) return undefined;
  const [before, after] = [earlier.people, now.people];
  const key = ({ bridge, leg }: Person): string => `${bridge}\n${leg}`;
  const came = after.find((each) => !before.some((other) => key(other) === key(each)));
  if (came) return words.joined(nameOf(came, words));
  const gone = before.find((each) => !after.some((other) => key(other) === key(each)));
  return gone && words.left(nameOf(gone, words));
}
