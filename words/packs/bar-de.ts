/** What the ribbon's button says in one language, as one piece to load. */
export { de as bar } from '../bar/de.ts';
