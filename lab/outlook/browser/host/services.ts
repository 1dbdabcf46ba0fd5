import type { Api } from '../api.ts';
import type { BrowserClock } from '../clock.ts';
import type { Manifest } from '../manifest/types.ts';
import type { User } from './initial-data.ts';
import type { NestedAuth } from './nested-app-auth.ts';
import type { OpenRequest } from './open-request.ts';
import type { Directory } from './people.ts';

export interface Category { displayName: string; color: string }

/** What the host asks of the window around it. */
export interface PageHooks {
  open: (request: OpenRequest) => void;
  closeItem: () => void;
  closePane: () => void;
  /** A dialog around a page; `size` in percent of the window. `onClose` runs when the user closes it. A frame that is moved loads again, so the place comes first. */
  showDialog: (size: { width: number; height: number }, onClose: () => void) => { container: HTMLElement; close(): void };
  /** The colours of the theme, as integers. */
  theme: () => Record<string, number>;
  /** A short line to the user about something that Outlook would show elsewhere. */
  tell: (text: string) => void;
}

/** What calls of an add-in may need besides the item. */
export interface Services {
  readonly api: Api;
  readonly clock: BrowserClock;
  readonly directory: Directory;
  readonly user: User;
  readonly manifest: Manifest;
  readonly page: PageHooks;
  /** Asks the lab what time it is: its clock may have been turned. */
  syncClock: () => Promise<void>;
  /** `Office.context.roamingSettings`, each value as JSON. */
  settings: Record<string, string>;
  masterCategories: Category[];
  readonly nested: NestedAuth;
  /** What this Outlook claims to be able to do (`isSetSupported`), for pages that open from now on. */
  readonly sets: Record<string, string>;
}
