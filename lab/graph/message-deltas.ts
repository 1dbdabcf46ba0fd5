import { remembered } from './delta-store.ts';
import type { Json } from './json.ts';

/** What is followed: one folder of one mailbox, and the query that the first request had. Frozen in the token. */
export interface FollowedFolder { mailboxId: string; folderId: string; select: string[] | null; expand: string | null; receivedFrom: number | null }

/** Where a client is: it has seen every change up to this number. */
export interface MessageState { folder: FollowedFolder; changeNumber: number }

/** A round under way: what is still to be told, and where the client is after it. `hasMore`: pages came before. */
export interface MessageRound { folder: FollowedFolder; left: Json[]; done: MessageState }

/** Tokens of `messages/delta`. They stay good when used again, until the cache is full or `expire` is called. */
export interface MessageDeltas {
  putRound(round: MessageRound): string;
  round(token: string): MessageRound | undefined;
  putState(state: MessageState): string;
  state(token: string): MessageState | undefined;
  expire(): void;
}

export function createMessageDeltas(): MessageDeltas {
  const rounds = remembered<MessageRound>();
  const states = remembered<MessageState>();
  return {
    putRound: rounds.put,
    round: rounds.get,
    putState: states.put,
    state: states.get,
    expire() {
      rounds.clear();
      states.clear();
    },
  };
}
