/** The text form of what AMI sends: headers in CRLF lines, an empty line at the end of each packet. */

/** One header. The value goes out as it is: whoever makes it decides whether to escape. */
export type Header = readonly [name: string, value: string | number];

/** Headers as the lines of one packet, with its closing empty line. */
export function formatPacket(headers: readonly Header[]): string {
  return `${headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
}

/** Yes or No, as AMI writes truth. */
export function yesNo(truth: boolean): string {
  return truth ? 'Yes' : 'No';
}

const escapes: Record<string, string> = {
  '\x07': '\\a', '\b': '\\b', '\f': '\\f', '\n': '\\n', '\r': '\\r', '\t': '\\t', '\v': '\\v', '\\': '\\\\', "'": "\\'", '"': '\\"', '?': '\\?',
};

/** Caller names and presence texts in events, the way Asterisk escapes them (O'Brien becomes O\'Brien). Tried on 22.10.1. */
export function escapeText(text: string): string {
  return Array.from(text, (sign) => escapes[sign] ?? sign).join('');
}
