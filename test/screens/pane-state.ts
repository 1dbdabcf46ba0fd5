import type { BrowserContext, Page } from 'playwright-core';
import type { DoubleItem } from './office-double.ts';

/** What the server answers in a picture: by "METHOD path", a status and a body; nothing for "cannot be reached". `stream`: states, and then the connection is lost. */
export type Answers = Record<string, { status: number; body: object } | { stream: readonly { topic: string; state: unknown }[] } | 'away' | 'never'>;

/** One state of the pane. */
export interface PaneState {
  name: string;
  item: Partial<DoubleItem>;
  search?: string;
  /** Another page than the pane. */
  page?: '/admin/';
  answers?: Answers;
  /** What a person does before the picture. */
  act?: (page: Page, context: BrowserContext) => Promise<void>;
  /** Something that is on the screen when the state is reached. */
  shows: string;
}
