/** Everything that changes an invite: a chunk of its own, since the pane shows what is there before anybody presses anything. */
export { putConference, renewBlock, restoreBlock } from './put.ts';
export { removeConference } from './remove.ts';
export { holdItem } from '../office/item.ts';
