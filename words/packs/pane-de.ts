/** What the pane says in one language, as one piece to load. */
export { de as meeting } from '../meeting/de.ts';
export { de as messages } from '../messages/de.ts';
export { de as pane } from '../pane/de.ts';
export { de as states } from '../states/de.ts';
