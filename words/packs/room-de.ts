/** What the page "In the room" says, as one piece to load. */
export { de as room } from '../room/de.ts';
