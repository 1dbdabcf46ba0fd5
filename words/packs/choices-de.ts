/** What second pages, settings and lists say, as one piece to load. */
export { de as choices } from '../choices/de.ts';
export { de as room } from '../room/de.ts';
