import { conferenceRoutes } from '../../contract/conference/conference-routes.ts';
import { appendBlock } from '../../invitation/append.ts';
import type { Block } from '../../invitation/block.ts';
import { findConferenceIds } from '../../invitation/links.ts';
import { sendWords } from '../../words/send.ts';
import { say } from '../office/bar.ts';
import { composeBody, writeBody } from '../office/body.ts';
import { displayLanguage } from '../office/context.ts';
import type { RibbonEvent } from '../office/events.ts';
import { inviteFacts } from '../office/facts.ts';
import { officeToken, sharedOwner } from '../office/identity.ts';
import { newAppointmentWish } from '../office/new-appointment-wish.ts';
import { writeRecord } from '../office/record.ts';
import { request } from './request.ts';

/** Nobody waits for it: the person is typing the subject. */
const REQUEST_MS = 15000;

interface Held {
  id: string;
  block: Block;
  ticket: string;
  ticketExpiresAt: number;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

/** An answer of our server; rejects what is none, so that nothing strange is written into an invite. */
function heldIn(answer: unknown): Held {
  const found: { conference?: { id?: unknown }; block?: { html?: unknown; text?: unknown; joinBase?: unknown }; ticket?: { value?: unknown; expiresAt?: unknown } } = Object(answer);
  const conference = Object(found.conference);
  const block = Object(found.block);
  const ticket = Object(found.ticket);
  if (!isText(conference.id) || !isText(block.html) || !isText(block.text) || !isText(block.joinBase) || !isText(ticket.value) || !isText(ticket.expiresAt)) throw new Error('an answer that is not ours');
  return { id: conference.id, block: { html: block.html, text: block.text, joinBase: block.joinBase }, ticket: ticket.value, ticketExpiresAt: Date.parse(ticket.expiresAt) };
}

/** Of the form that the server wants (RFC 9562 version 4). It only tells two presses apart, so the engine's own chance is good enough: classic Outlook has no other. */
export function pressKey(random: () => number): string {
  return 'xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx'.replace(/x/g, function digit() {
    return Math.floor(random() * 16).toString(16);
  });
}

function hold(api: string, token: string): Promise<Held> {
  return Promise.all([inviteFacts(), sharedOwner()])
    .then(function ask(both) {
      const body: Record<string, unknown> = { idempotencyKey: pressKey(Math.random) };
      Object.assign(body, both[0]);
      if (both[1] !== undefined) body['owner'] = both[1];
      return request({ api, route: conferenceRoutes.hold, id: '', proof: { token }, body, language: displayLanguage() }, REQUEST_MS);
    })
    .then(heldIn);
}

function giveBack(api: string, token: string, id: string): Promise<void> {
  return request({ api, route: conferenceRoutes.release, id, proof: { token } }, REQUEST_MS).then(
    function given() {
      return undefined;
    },
    function expires() {
      // Never sent, it is dropped by itself.
      return undefined;
    },
  );
}

/** Into the text as it is by now: the person has typed meanwhile, or pressed the button. */
function write(api: string, token: string, held: Held): Promise<void> {
  return composeBody()
    .then(function append(body) {
      if (findConferenceIds(body.content).length > 0) return giveBack(api, token, held.id);
      const put = appendBlock(body.content, body.format, held.block);
      if (put.outcome === 'too-large') return giveBack(api, token, held.id);
      return writeBody({ format: body.format, content: put.body }).then(function remember() {
        return writeRecord({ api, id: held.id, ticket: held.ticket, ticketExpiresAt: held.ticketExpiresAt });
      });
    })
    .catch(function failed(fault: unknown) {
      return giveBack(api, token, held.id).then(function tell() {
        throw fault;
      });
    });
}

/** A new invite that has a link already was made so: a copy, or *New conference* from a mail. */
function add(api: string): Promise<void> {
  // Inside a promise from the start: an item that is gone must fail the promise, not the handler.
  return Promise.resolve().then(composeBody).then(function unlessThere(body): Promise<void> {
    if (findConferenceIds(body.content).length > 0) return Promise.resolve();
    return officeToken(false).then(function withToken(token) {
      return hold(api, token).then(function put(held) {
        return write(api, token, held);
      });
    });
  });
}

/**
 * A new appointment of one's own. Only whoever wants a conference in each of them is asked for one; that wish lies in the mailbox, so for everybody else nothing
 * leaves this computer. What cannot be added is said in the bar: the button is still there.
 */
export function onNewAppointmentOrganizer(event: RibbonEvent): void {
  function done(): void {
    event.completed();
  }
  const wish = newAppointmentWish();
  if (wish === undefined) {
    done();
    return;
  }
  const words = sendWords(displayLanguage());
  add(wish.api)
    .catch(function told() {
      return say('info', words.notAdded);
    })
    .then(done, done);
}
