import type { Exchange } from '../exchange.ts';
import type { Header } from './packet.ts';
import type { Request } from './request.ts';

/** How an action answers. Everything carries the request's ActionID, when it had one. */
export interface Reply {
  /** `Response: Success` with a Message. */
  ack(message: string): void;
  /** `Response: Error` with a Message. */
  error(message: string): void;
  /** A response of other headers; `response` is Success, Goodbye… */
  plain(response: string, headers: readonly Header[]): void;
  /** Success, one event per row, and the event that ends the list. */
  list(list: { message: string; event: string; rows: readonly (readonly Header[])[]; complete: string; idAtEnd?: boolean }): void;
}

/** What an action may do to the session that asked. */
export interface SessionControl {
  readonly user: string;
  /** Classes that the user may write. */
  readonly write: readonly string[];
  readonly read: readonly string[];
  setMask(mask: readonly string[]): void;
  mask(): readonly string[];
}

/** One AMI action. */
export interface Action {
  name: string;
  synopsis: string;
  /** The user needs one of these write classes; none = everybody. */
  classes: readonly string[];
  /** Registered by a loadable module: unknown for a moment after a restart. */
  fromModule: boolean;
  /** 'close' ends the connection after the reply. */
  run(exchange: Exchange, request: Request, reply: Reply, session: SessionControl): void | 'close' | Promise<void | 'close'>;
}

/** Where a family of actions stands in for one of Asterisk's files; a new family is one more file and one line in actions/index.ts. */
export type ActionFamily = readonly Action[];
