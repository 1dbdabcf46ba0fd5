/** What the panels about people say, as one piece to load. */
export { en as availability } from '../availability/en.ts';
export { en as people } from '../people/en.ts';
