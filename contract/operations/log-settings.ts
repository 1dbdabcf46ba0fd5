import { z } from 'zod';
import type { SettingsDeclaration } from '../account/settings.ts';

/** How long the log that administrators see on their page is kept. */
export type LogSettings = {
  /** Days (A010). */
  days: number;
  /** MB of 1,000,000 bytes of lines (A011); the oldest go first. */
  megabytes: number;
};

export const logSettings: SettingsDeclaration<LogSettings> = {
  feature: 'log',
  layers: ['organisation'],
  schema: { days: z.number().int().min(1).max(30), megabytes: z.number().int().min(10).max(60_000) },
  standard: { days: 7, megabytes: 4_000 },
};
