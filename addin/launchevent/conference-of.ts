import { findConferenceIds } from '../../invitation/links.ts';
import { readBody } from '../office/body.ts';
import { needItem } from '../office/item.ts';
import { officeCall } from '../office/call.ts';
import { readRecord } from '../office/record.ts';
import type { InviteRecord } from '../office/record.ts';
import { ownApi } from './api.ts';

/** The conference that an invite carries, with what its item remembers of it. */
export interface Carried {
  id: string;
  /** Origin of its server; empty when nobody told us. */
  api: string;
  /** Its send ticket; empty when there is none. */
  ticket: string;
  /** Epoch ms UTC; 0 without a ticket. */
  ticketExpiresAt: number;
  /** What the linter has asked about in this invite before; undefined for nothing. */
  told: readonly string[] | undefined;
}

function readLocationLine(): Promise<string> {
  const location = needItem().location;
  return officeCall<string>('location.getAsync', function start(done) {
    location.getAsync(done);
  }).catch(function none() {
    return '';
  });
}

function idsIn(text: string): Promise<string[]> {
  const found = findConferenceIds(text);
  if (found.length > 0) return Promise.resolve(found);
  return readLocationLine().then(function inLocation(line) {
    return findConferenceIds(line);
  });
}

function withRecord(ids: string[], record: InviteRecord | undefined): Carried | undefined {
  const first = ids[0];
  if (first === undefined) return undefined;
  if (record === undefined || ids.indexOf(record.id) < 0) return { id: first, api: ownApi(), ticket: '', ticketExpiresAt: 0, told: undefined };
  return { id: record.id, api: record.api, ticket: record.ticket, ticketExpiresAt: record.ticketExpiresAt, told: record.told };
}

/** The conference in the text or the location line; undefined when there is none, found out without asking the server. */
export function carriedConference(): Promise<Carried | undefined> {
  // Inside a promise from the start: an item that is gone must fail the promise, not the handler.
  return Promise.resolve()
    .then(function read() {
      return readBody('html');
    })
    .then(idsIn)
    .then(function remembered(ids): Promise<Carried | undefined> {
      if (ids.length === 0) return Promise.resolve(undefined);
      return readRecord().then(function join(record) {
        return withRecord(ids, record);
      });
    });
}
