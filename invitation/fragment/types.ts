/** Why a piece of HTML would not arrive as it was written; the words and remedies are in words/fragment.ts. */
export type FragmentCode =
  /** An element that Word's engine, phones or mail gateways drop or refuse. */
  | 'element-dropped'
  /** An element that would break the block's one cell, or the line that it is known by. */
  | 'element-not-here'
  /** `class`, `id`: clients rename them (`x_…`) and throw the style sheet away. */
  | 'name-dropped'
  /** Scripts in attributes: every gateway refuses the mail. */
  | 'script'
  /** An attribute without an effect that survives. */
  | 'attribute-dropped'
  /** A style property that Word's engine ignores. */
  | 'style-dropped'
  /** Colours of text or ground: dark mode turns one and not the other. */
  | 'colour'
  /** Below 9 pt nobody reads it on a phone. */
  | 'too-small'
  /** Letters or pictures larger than the join link. */
  | 'too-large'
  | 'picture-not-https'
  /** Pictures are not shown until the reader allows it: without words there is a hole. */
  | 'picture-without-words'
  /** Word's engine draws a picture in its own size when no size stands there. */
  | 'picture-without-size'
  | 'link-not-https'
  /** An address of a conference: the block would be taken for two. */
  | 'link-of-ours'
  | 'comment'
  | 'not-closed'
  /** A line of dashes ends the block in plain text. */
  | 'looks-like-rule'
  | 'too-long';

/** One thing to mend, at a place in the source. */
export interface FragmentFinding {
  code: FragmentCode;
  /** What stands there: an element's, attribute's or property's name, or an address. Hostile text. */
  what: string;
  /** Offsets in the source, end exclusive. */
  start: number;
  end: number;
}

/** A logo above the block. */
export interface Logo {
  /** What stands there without the picture, and in plain text. */
  text: string;
  /** https, or empty for the words alone. */
  imageUrl: string;
  /** Pixels as CSS counts them; 0 without a picture. */
  width: number;
  height: number;
}
