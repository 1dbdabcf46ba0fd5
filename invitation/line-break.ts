/** The line break that a text uses; Outlook for Windows writes two characters. */
export function lineBreakOf(text: string): string {
  if (text.indexOf('\r\n') >= 0) return '\r\n';
  return '\n';
}
