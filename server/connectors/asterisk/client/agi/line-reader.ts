export interface LineReader {
  /** Takes bytes as they come, cut anywhere. Returns false when the other side broke a limit: hang up. */
  push(chunk: Buffer): boolean;
}

/** Cuts a stream into lines at LF (a CR before it is dropped). AGI lines are at most 8 KiB (AGI_BUF_LEN in res_agi.c). */
export function createLineReader(onLine: (line: string) => void, longestLine = 8 * 1024): LineReader {
  let pending: Buffer = Buffer.alloc(0);
  return {
    push(chunk) {
      const scanFrom = pending.length;
      pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
      let start = 0;
      let end = pending.indexOf(0x0a, scanFrom);
      while (end >= 0) {
        if (end - start > longestLine) return false;
        onLine(pending.toString('utf8', start, end).replace(/\r$/, ''));
        start = end + 1;
        end = pending.indexOf(0x0a, start);
      }
      pending = pending.subarray(start);
      return pending.length <= longestLine;
    },
  };
}
