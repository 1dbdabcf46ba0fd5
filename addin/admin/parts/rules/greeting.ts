/** The person's own recording, a text that a voice speaks, or a sound that lies on the phone system. */
export const ways = ['own', 'spoken', 'prompt'] as const;
export type GreetingWay = (typeof ways)[number];

/** A greeting as a form has it; `sound` is of a prompt, and may be half typed. */
export interface Greeting {
  way: GreetingWay;
  sound: string;
}

const mark = 'prompt:';

/** `own`, `spoken`, `prompt:tieline/closed` as the setting has it. What is none of these is the own recording, which plays then. */
export function readGreeting(value: unknown): Greeting {
  if (typeof value === 'string' && value.startsWith(mark)) return { way: 'prompt', sound: value.slice(mark.length) };
  return { way: value === 'spoken' ? 'spoken' : 'own', sound: '' };
}

export function writeGreeting({ way, sound }: Greeting): string {
  return way === 'prompt' ? `${mark}${sound}` : way;
}

/** Whether the server takes it (contract/availability/availability.ts): names of folders and of the file, without its ending. */
export function isSoundName(sound: string): boolean {
  return /^[A-Za-z0-9_][\w.-]*(?:\/[A-Za-z0-9_][\w.-]*)*$/.test(sound);
}
