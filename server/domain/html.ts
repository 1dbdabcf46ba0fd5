/** Text that is HTML already. Only `html` makes it, so whatever else goes into a page is escaped: names, subjects and forms are hostile text. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Piece = string | number | Html | readonly Html[] | null | undefined | false;

/** html`<b>${name}</b>`: every value is escaped unless it is HTML itself; null, undefined and false are nothing. Values may stand in text and in quoted attributes. */
export function html(parts: TemplateStringsArray, ...values: readonly Piece[]): Html {
  return new Html(values.reduce<string>((text, value, index) => text + write(value) + (parts[index + 1] ?? ''), parts[0] ?? ''));
}

function write(value: Piece): string {
  if (value === null || value === undefined || value === false) return '';
  if (value instanceof Html) return value.text;
  if (typeof value === 'object') return value.map(({ text }) => text).join('');
  return escapeHtml(String(value));
}

/** For text and for attributes in either kind of quotes. */
export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');
}
