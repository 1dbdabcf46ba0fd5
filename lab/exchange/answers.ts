import type { Answer } from './types.ts';
import type { Item, World } from './store.ts';
import { exceptionAt, touch } from './store.ts';
import type { Found } from './write.ts';
import { writeDraft } from './write.ts';
import { ExchangeError } from './errors.ts';
import { invite, mailMeeting } from './delivery.ts';
import { effectiveFields } from './view.ts';

/** The organizer's own item of a meeting; undefined when the organizer is outside or has deleted it. */
function organizersItem(world: World, item: Item): Item | undefined {
  const organizer = world.person(item.organizer.address);
  return organizer && [...world.mailbox(organizer.id).items.values()].find((each) => each.isOrganizer && each.globalObjectId === item.globalObjectId);
}

function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/** Sends the meeting, or one occurrence, to more people; the organizer's item lists them from then on. */
export function forwardMeeting(world: World, { item, originalStart }: Found, to: string[], comment: string): void {
  const source = organizersItem(world, item) ?? item;
  for (const address of to) {
    const { attendees } = effectiveFields(source, originalStart);
    if (!attendees.some((each) => isSame(each.address, address))) writeDraft(world, { item: source, originalStart }, { attendees: [...attendees, { address }] });
    invite({ world, item: source, originalStart }, address, 'forward', comment);
    const target = originalStart === null ? source : exceptionAt(source, originalStart);
    target.invited = new Set([...(target.invited ?? source.invited), address.toLowerCase()]);
    target.isDraft = false;
  }
  touch(world, source, originalStart);
}

function noteAnswer(world: World, item: Item, originalStart: number | null, address: string, response: Answer): void {
  const source = organizersItem(world, item);
  if (!source) return;
  const attendees = effectiveFields(source, originalStart).attendees.map((each) => (isSame(each.address, address) ? { ...each, response, respondedAt: world.now() } : each));
  if (originalStart === null) source.fields = { ...source.fields, attendees };
  else exceptionAt(source, originalStart).fields.attendees = attendees;
  touch(world, source, originalStart);
}

/** Writes an attendee's answer into the copy and, when it is sent, into the organizer's item. Throws ExchangeError on the organizer's item. */
export function answerMeeting(world: World, { item, originalStart }: Found, address: string, answer: Answer, { comment = '', sendResponse = true }: { comment?: string; sendResponse?: boolean }): void {
  if (item.isOrganizer) throw new ExchangeError('ErrorInvalidRequest', "Your request can't be completed. You can't respond to this meeting because you're the meeting organizer.");
  const target = originalStart === null ? item : exceptionAt(item, originalStart);
  target.response = { response: answer, at: world.now() };
  const showAs = answer === 'accepted' ? 'busy' : 'tentative';
  if (originalStart === null) item.fields = { ...item.fields, showAs };
  else exceptionAt(item, originalStart).fields.showAs = showAs;
  if (!sendResponse) return;
  mailMeeting({ world, item, originalStart }, address, item.organizer.address, 'response', comment);
  noteAnswer(world, item, originalStart, address, answer);
}
