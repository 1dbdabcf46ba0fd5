/** What the panels about people say, as one piece to load. */
export { de as availability } from '../availability/de.ts';
export { de as people } from '../people/de.ts';
