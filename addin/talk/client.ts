import { accountRoutes } from '../../contract/account/account-routes.ts';
import type { MeView } from '../../contract/account/account.ts';
import { conferenceRoutes } from '../../contract/conference/conference-routes.ts';
import type { ChangeRequest, CommitResponse, HoldRequest, HoldResponse, InviteFacts, ListResponse, ReadResponse, ReleaseResponse, TicketResponse } from '../../contract/conference/conference.ts';
import type { Route } from '../../contract/endpoint.ts';
import { TalkFault } from './fault.ts';
import { ask } from './http.ts';
import type { Asked, Transport } from './http.ts';

/** Our server, as the add-in asks it. Types come from contract/; an answer without the field that names it is not from us. */
export interface Client {
  me: () => Promise<MeView>;
  hold: (request: HoldRequest) => Promise<HoldResponse>;
  read: (id: string, signal?: AbortSignal) => Promise<ReadResponse>;
  list: (when: 'upcoming' | 'past', limit?: number) => Promise<ListResponse>;
  commit: (id: string, facts: InviteFacts) => Promise<CommitResponse>;
  release: (id: string) => Promise<ReleaseResponse>;
  restore: (id: string) => Promise<ReleaseResponse>;
  renewTicket: (id: string) => Promise<TicketResponse>;
  change: (id: string, change: ChangeRequest) => Promise<ReadResponse>;
}

/** Checks what would otherwise fail later and farther away; fields that we do not know are left alone, the server may be newer. */
export function expectField<T extends object>(value: unknown, field: keyof T & string): T {
  function has(answer: unknown): answer is T {
    return typeof answer === 'object' && answer !== null && field in answer;
  }
  if (has(value)) return value;
  throw new TalkFault('silent', `an answer without "${field}"`);
}

export function createClient(transport: Transport): Client {
  async function get<T extends object>(route: Route, field: keyof T & string, asked: Asked = {}): Promise<T> {
    return expectField<T>(await ask(transport, route, asked), field);
  }

  return {
    me: () => get<MeView>(accountRoutes.me, 'personId'),
    hold: (request) => get<HoldResponse>(conferenceRoutes.hold, 'block', { body: request }),
    read: (id, signal) => get<ReadResponse>(conferenceRoutes.read, 'block', { params: { id }, ...(signal === undefined ? {} : { signal }) }),
    list: (when, limit = 10) => get<ListResponse>(conferenceRoutes.list, 'conferences', { query: { when, limit } }),
    commit: (id, facts) => get<CommitResponse>(conferenceRoutes.commit, 'conference', { params: { id }, body: facts }),
    release: (id) => get<ReleaseResponse>(conferenceRoutes.release, 'conference', { params: { id } }),
    restore: (id) => get<ReleaseResponse>(conferenceRoutes.restore, 'conference', { params: { id } }),
    renewTicket: (id) => get<TicketResponse>(conferenceRoutes.renewTicket, 'ticket', { params: { id } }),
    change: (id, change) => get<ReadResponse>(conferenceRoutes.change, 'block', { params: { id }, body: change }),
  };
}
