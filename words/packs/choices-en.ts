/** What second pages, settings and lists say, as one piece to load. */
export { en as choices } from '../choices/en.ts';
export { en as room } from '../room/en.ts';
