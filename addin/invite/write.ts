/** Everything that changes an invite: a chunk of its own, since the pane shows what is there before anybody presses anything. */
export { changeConference } from './change.ts';
export { putConference, renewBlock, restoreBlock } from './put.ts';
export { removeConference } from './remove.ts';
export { repeatInOwnZone } from '../office/series.ts';
export { holdItem } from '../office/item.ts';
