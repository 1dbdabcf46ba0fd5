/** What the ribbon's button says in one language, as one piece to load. */
export { en as bar } from '../bar/en.ts';
