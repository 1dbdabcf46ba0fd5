import { z } from 'zod';
import type { SettingsDeclaration } from '../account/settings.ts';

/** How conferences begin for a person. */
export type ConferenceSettings = {
  /** `every`: each new appointment gets a conference by itself; `button`: only when somebody presses it. */
  insert: 'button' | 'every';
  /** A room of its own for each conference, or the person's standing one (M5). */
  room: 'fresh' | 'personal';
  /** Id of the type; null: the server's first. */
  bridge: string | null;
  /** Language of the invite text, two letters; null: that of the person's Outlook. */
  language: string | null;
  /** Id of the template of the invite text; null: the organisation's own. */
  template: string | null;
  /** Guests wait until a host is there. */
  lobby: boolean;
};

export const conferenceSettings: SettingsDeclaration<ConferenceSettings> = {
  feature: 'conference',
  schema: {
    insert: z.enum(['button', 'every']),
    room: z.enum(['fresh', 'personal']),
    bridge: z.string().min(1).max(64).nullable(),
    language: z.string().regex(/^[a-z]{2}$/, 'two letters, such as "en"').nullable(),
    template: z.string().min(1).max(64).nullable(),
    lobby: z.boolean(),
  },
  standard: { insert: 'button', room: 'fresh', bridge: null, language: null, template: null, lobby: true },
};
