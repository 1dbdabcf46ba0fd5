import type { Channel } from './channel.ts';

export interface PageOptions { address: string; label: string; title: string; container: HTMLElement; isDialog?: boolean }

/** Opens pages of the add-in, each with a line to this host. */
export interface Pages {
  open: (options: PageOptions) => Channel;
  /** All lines that are open. */
  readonly all: readonly Channel[];
  close: (channel: Channel) => void;
}
