/**
 * Cuts an AMI client's bytes into messages, with Asterisk's own limits: a line and its end share a buffer of 1024 bytes, a message has at most
 * 128 headers, and a bare LF ends a line too, which is what makes header injection possible (manager.c of 22.10.1, and tried).
 */

const bufferBytes = 1024;
const mostHeaders = 128;

/** One message as it came: its lines without their ends, and why it cannot be used, if it cannot. */
export interface RawMessage {
  lines: string[];
  fault: 'line too long' | 'too many lines' | null;
}

/** Collects bytes and hands each complete message to `take`. */
export function createReader(take: (message: RawMessage) => void): (chunk: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  let message: RawMessage = { lines: [], fault: null };

  function line(bytes: Buffer): void {
    const text = bytes.at(-1) === 0x0d ? bytes.subarray(0, -1).toString('utf8') : bytes.toString('utf8');
    if (text === '') {
      take(message);
      message = { lines: [], fault: null };
      return;
    }
    if (message.lines.length < mostHeaders) message.lines.push(text);
    else message.fault ??= 'too many lines';
  }

  return function push(chunk) {
    rest = Buffer.concat([rest, chunk]);
    for (;;) {
      const end = rest.indexOf(0x0a);
      if (end >= 0 && end < bufferBytes) {
        line(rest.subarray(0, end));
        rest = rest.subarray(end + 1);
      } else if (rest.length >= bufferBytes) {
        message.fault = 'line too long';
        rest = rest.subarray(bufferBytes - 1);
      } else {
        return;
      }
    }
  };
}
