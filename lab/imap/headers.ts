const headersByMessage = new WeakMap<Buffer, [name: string, line: string][]>();

function headEnd(raw: Buffer): number {
  const end = raw.indexOf('\r\n\r\n');
  return end < 0 ? raw.length : end + 2;
}

/** Header lines as they stand, folds included, with their names in lower case. */
export function headerLines(raw: Buffer): [name: string, line: string][] {
  const known = headersByMessage.get(raw);
  if (known) return known;
  const head = raw.subarray(0, headEnd(raw)).toString('latin1');
  const lines = head.split(/\r\n(?![ \t])/).filter((line) => line !== '').map((line): [string, string] => [line.slice(0, line.indexOf(':')).trim().toLowerCase(), line]);
  headersByMessage.set(raw, lines);
  return lines;
}

/** The value of a header, unfolded; null when the message has none. */
export function headerValue(raw: Buffer, name: string): string | null {
  const found = headerLines(raw).find(([each]) => each === name.toLowerCase());
  return found ? found[1].slice(found[1].indexOf(':') + 1).replaceAll(/\r\n(?=[ \t])/g, '').trim() : null;
}

/** The named headers, or all, as a block that ends with an empty line. */
export function headerBlock(raw: Buffer, names: readonly string[] | null): Buffer {
  const lines = headerLines(raw).filter(([name]) => names === null || names.includes(name)).map(([, line]) => `${line}\r\n`);
  return Buffer.from(`${lines.join('')}\r\n`, 'latin1');
}
