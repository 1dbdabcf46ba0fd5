/** Our block in an invite: find, write, put, remove. Pure: strings in, strings out. */
export { appendBlock } from './append.ts';
export type { PutResult } from './append.ts';
export { makeBlock, writeBlock } from './block.ts';
export type { Block } from './block.ts';
export { findBlocks } from './blocks.ts';
export type { Hints } from './blocks.ts';
export { groupDigits } from './codes.ts';
export { readDetails } from './details.ts';
export type { ReadDetails } from './details.ts';
export { findForeign } from './foreign.ts';
export type { ForeignService } from './foreign.ts';
export { findConferenceIds, findLinks } from './links.ts';
export { putLocation, removeLocation } from './location.ts';
export type { LocationResult } from './location.ts';
export { putBlock, removeBlock } from './put.ts';
export type { RemoveResult } from './put.ts';
export { BODY_LIMIT, LOCATION_LIMIT } from './types.ts';
export type { BlockDetails, BlockTexts, BodyFormat, ConferenceLink, DialIn, FoundBlock, LinkKind } from './types.ts';
