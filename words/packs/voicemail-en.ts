/** What the panel of voicemail says, as one piece to load. */
export { en as listening } from '../listening/en.ts';
export { en as playing } from '../playing/en.ts';
