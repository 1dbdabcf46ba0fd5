/** The engine that knows old blocks, with the words to know them by: a chunk of its own, loaded where a body holds an address of ours. */
export { findBlocks, putBlock, readDetails, removeBlock } from '../../invitation/index.ts';
export { everyBlock } from '../../words/block.ts';
