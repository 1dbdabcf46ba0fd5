/** What the pane says in one language, as one piece to load. */
export { en as meeting } from '../meeting/en.ts';
export { en as messages } from '../messages/en.ts';
export { en as pane } from '../pane/en.ts';
export { en as states } from '../states/en.ts';
