import { outrightWords } from '../../../../words/outright.ts';
import type { OutgoingMail } from '../../../ports/mail-sender.ts';
import { blockOf } from '../invite/block.ts';
import type { Conference, ConferenceWindow } from '../conference.ts';
import type { ConferenceDeps } from '../deps.ts';
import { icsOf } from './ics.ts';
import type { Guest, Outright } from './outright.ts';
import { spanText } from './times.ts';

/**
 * The mail that invites somebody, or calls off. The organizer in it is our own address with the owner's name: calendars take an invitation only from whom it
 * names, and the owner gets it into their calendar as everybody else. Answers to the mail go to the owner.
 */
export async function invitationOf(deps: ConferenceDeps, conference: Conference, outright: Outright, { method, to }: { method: 'REQUEST' | 'CANCEL'; to: Guest }, from: string): Promise<Omit<OutgoingMail, 'messageId'>> {
  const words = outrightWords(conference.language);
  const subject = conference.subject ?? words.untitled;
  const when = spanText(conference, conference.timeZone, conference.language);
  const block = (await blockOf(deps, conference)).text;
  const isOff = method === 'CANCEL';
  return {
    to, fromName: conference.ownerName, replyTo: conference.ownerAddress === '' ? null : { name: conference.ownerName, address: conference.ownerAddress },
    subject: isOff ? words.cancelledSubject(subject) : subject,
    text: [when, isOff ? words.cancelledText : outright.notes, isOff ? '' : block].filter((each) => each !== '').join('\n\n'),
    calendar: { method, ics: await icsFor(deps, conference, outright, method, { name: conference.ownerName, address: from }, outright.guests.some(({ address }) => address === to.address) ? outright.guests : [to]) },
  };
}

/** The calendar part for one conference. `windows`: its occurrences; `details` false leaves out notes and codes, which are for those whom the invite names. */
export async function icsFor(deps: ConferenceDeps, conference: Conference, outright: Outright | null, method: 'PUBLISH' | 'REQUEST' | 'CANCEL', organizer: Guest, guests: readonly Guest[], { windows, details = true }: { windows?: readonly ConferenceWindow[]; details?: boolean } = {}): Promise<string> {
  const { startsAt, endsAt } = conference;
  return icsOf({
    method, organizer, guests, now: deps.clock.now(), uid: outright?.uid ?? `${conference.id}@${new URL(deps.joinBase).hostname}`,
    sequence: outright?.sequence ?? conference.version, subject: conference.subject ?? outrightWords(conference.language).untitled,
    description: !details ? '' : [outright?.notes ?? '', (await blockOf(deps, conference)).text].filter((each) => each !== '').join('\n\n'), url: `${deps.joinBase}${conference.id}`,
    windows: windows && windows.length > 0 ? windows : startsAt === null || endsAt === null ? [] : [{ originalStart: startsAt, startsAt, endsAt }],
  });
}
