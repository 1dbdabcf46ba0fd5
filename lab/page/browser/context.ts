import type { Command, World } from '../world.ts';
import type { ConferenceSeen, Progress } from './steps.ts';
import type { LabWords } from './words.ts';

/** What every part of the page is drawn from. */
export interface Scene {
  world: World;
  conference: ConferenceSeen | null;
  progress: Progress;
  words: LabWords;
  language: string;
}

/** What every part of the page may do. */
export interface Actions {
  /** Sends a command to the lab; failures are shown by the page. */
  send(command: Command): Promise<void>;
  /** Does a step the way a person would: by the real buttons. */
  perform(step: number): Promise<void>;
  /** Rings the place where a step is done. */
  point(step: number): void;
}

/** A part of the page: made once, drawn again with every scene. */
export interface Part {
  element: HTMLElement;
  draw(scene: Scene): void;
}

/** Time of day in a zone, to the second. */
export function timeOfDay(instant: number, language: string, timeZone: string, withSeconds = true): string {
  return new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
    hour: '2-digit', minute: '2-digit', ...(withSeconds ? { second: '2-digit' } : {}), hourCycle: 'h23', timeZone,
  }).format(instant);
}
