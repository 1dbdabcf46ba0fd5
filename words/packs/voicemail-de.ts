/** What the panel of voicemail says, as one piece to load. */
export { de as listening } from '../listening/de.ts';
export { de as playing } from '../playing/de.ts';
