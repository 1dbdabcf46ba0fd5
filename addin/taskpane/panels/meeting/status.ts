import type { ConferenceView } from '../../../../contract/conference/conference.ts';
import type { MeetingWords } from '../../../../words/meeting/en.ts';
import type { StateWords } from '../../../../words/states/en.ts';
import type { Times } from '../../../../words/times.ts';

/** How a badge looks: shape and word first, colour last. */
export type BadgeLook = 'amber' | 'green' | 'grey' | 'red';

/** What is true now, until when, and why. */
export interface Status {
  look: BadgeLook;
  badge: string;
  text: string;
}

interface Spoken {
  meeting: MeetingWords;
  states: StateWords;
  times: Times;
  /** Mail address of the person at the pane. */
  own: string;
}

const MINUTE_MS = 60_000;

function whenAndWho(conference: ConferenceView, { meeting, times, own }: Spoken): string {
  const { startsAt, endsAt, opensAt, host } = conference;
  const who = host.address.toLowerCase() === own.toLowerCase() ? meeting.hostYou : meeting.hostIs(host.name);
  if (startsAt === null || endsAt === null) return `${meeting.untimed} ${who}`;
  const earlier = opensAt === null ? 0 : Math.round((Date.parse(startsAt) - Date.parse(opensAt)) / MINUTE_MS);
  return `${meeting.onTheBridge(times.range(startsAt, endsAt), Math.max(0, earlier))} ${who}`;
}

/** Badge and sentence for a conference. */
export function statusOf(conference: ConferenceView, spoken: Spoken): Status {
  const { meeting, states, times } = spoken;
  const words = states.conference;
  switch (conference.state) {
    case 'held':
      return { look: 'amber', badge: words.held, text: conference.expiresAt === null ? meeting.booking : meeting.reserved(times.dayAndTime(conference.expiresAt)) };
    case 'scheduled':
      if (conference.bridge.state === 'agreed') return { look: 'green', badge: words.scheduled, text: whenAndWho(conference, spoken) };
      return { look: 'grey', badge: words.booking, text: meeting.booking };
    case 'live':
      return { look: 'green', badge: words.live, text: conference.participants === null ? whenAndWho(conference, spoken) : meeting.people(conference.participants) };
    case 'ended':
      return { look: 'grey', badge: words.ended, text: conference.startsAt === null ? '' : meeting.over(times.dayAndTime(conference.startsAt)) };
    case 'expired':
      // Given back by *Remove* and put in again by *Undo*: reserved in every way that matters to the person.
      if (conference.why === 'released') return { look: 'amber', badge: words.held, text: meeting.takenOut };
      return { look: 'grey', badge: words.expired, text: meeting.dropped };
    case 'cancelled':
      return { look: 'red', badge: words.cancelled, text: conference.restorableUntil === null ? meeting.cancelledForGood : meeting.cancelled(times.dayAndTime(conference.restorableUntil)) };
    default:
      // A newer server may know states that this pane does not: it then shows the word as it came.
      return { look: 'grey', badge: String(conference.state), text: '' };
  }
}

/** The bridge was asked and did not answer; the server keeps trying. */
export function bridgeIsSilent(conference: ConferenceView): boolean {
  return conference.bridge.state === 'pending' && conference.bridge.lastError !== null;
}
