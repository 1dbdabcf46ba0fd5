/** Text in modified UTF-7 (RFC 3501 5.1.3), as it is meant: Gmail tells labels in it, and the library hands them on as they are. What is malformed stays as it is. */
export function fromUtf7(text: string): string {
  return text.replaceAll(/&([A-Za-z0-9+,]*)-/g, (all, code: string) => {
    if (code === '') return '&';
    const bytes = Buffer.from(code.replaceAll(',', '/'), 'base64');
    return bytes.length % 2 === 0 ? bytes.swap16().toString('utf16le') : all;
  });
}
