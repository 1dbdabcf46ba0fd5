/** What an organisation may add to our block: a logo above, legal text below (M9). Checked here, rendered by write-html and write-text. */
export { HIGHEST_PICTURE, LONGEST, WIDEST_PICTURE } from './dropped.ts';
export { lintFragment, lintLogo } from './lint.ts';
export { textLines } from './text.ts';
export type { FragmentCode, FragmentFinding, Logo } from './types.ts';
