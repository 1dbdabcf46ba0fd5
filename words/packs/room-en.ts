/** What the page "In the room" says, as one piece to load. */
export { en as room } from '../room/en.ts';
