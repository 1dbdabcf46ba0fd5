/**
 * What does not arrive. Sources: Microsoft, "Word 2007 HTML and CSS rendering capabilities in Outlook 2007" (that engine
 * draws in classic Outlook to this day); Outlook on the web's and mobile Outlook's cleaning of mails as far as the
 * reference for add-ins tells it (no scripts, no SVG, `x_` before names); ux.md section 3 for what we chose ourselves.
 */

/** Elements that stay as they are: words in a line, and its break. */
export const INLINE = ' a b strong i em u br ';

/** Elements that a reader of ours or of Word's never sees. */
export const DROPPED =
  ' script style link meta base title head iframe frame frameset object embed applet form input button select textarea label fieldset video audio source track ' +
  'canvas svg math picture template slot dialog details summary marquee blink map area noscript progress meter ';

/** Style properties with an effect in Word's engine, phones and the web alike, on words in a line. */
export const KEPT_STYLES = ' font-size font-weight font-style text-decoration ';

/** They colour text or ground. */
export const COLOURS = ' color background background-color background-image ';

/** Attributes with an effect, by element. */
export const KEPT_ATTRIBUTES: Readonly<Record<string, string>> = { a: ' href title style lang dir ' };
export const KEPT_EVERYWHERE = ' style lang dir ';

/** Points. Smaller is not read on a phone; the join link has 14. */
export const SMALLEST = 9;
export const LARGEST = 12;

/** Pixels: no line of ours needs more on a phone (ux.md section 3). */
export const WIDEST_PICTURE = 320;
export const HIGHEST_PICTURE = 120;

/** Characters of one language's legal text. The block with all its languages must leave room for the invite. */
export const LONGEST = 2000;
