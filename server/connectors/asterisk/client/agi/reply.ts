/** One answer to an AGI command. */
export interface AgiReply {
  /** 200 done, 510 unknown command, 511 the channel is dead, 520 wrong use. */
  code: number;
  /** After "result=": a number, digits that were typed, or nothing. */
  result: string;
  /** True when an entry of digits ended by silence. */
  isTimeout: boolean;
  /** Where a sound stopped, samples; 0 with result -1 when the file does not exist. */
  endpos: number | null;
}

/** Lines of explanation after a wrong command; more is no Asterisk. */
const mostUsageLines = 200;

export interface ReplyReader {
  /** Takes a line. Returns the reply when it is whole, 'more' before, 'unreadable' for anything else. */
  take(line: string): AgiReply | 'more' | 'unreadable';
}

/** Reads "200 result=…", "510 …", "511 …" and the several lines of a "520-". */
export function createReplyReader(): ReplyReader {
  let usageLines = 0;

  return {
    take(line) {
      if (usageLines > 0) {
        if (line.startsWith('520 ')) return plain(520);
        return ++usageLines > mostUsageLines ? 'unreadable' : 'more';
      }
      if (line.startsWith('520-')) {
        usageLines = 1;
        return 'more';
      }
      const done = /^200 result=([^\s(]*)(?:\s+\(([^)]*)\))?(?:\s+endpos=(\d+))?\s*$/.exec(line);
      if (done) {
        const [, result = '', note, endpos] = done;
        return { code: 200, result, isTimeout: note === 'timeout', endpos: endpos === undefined ? null : Number(endpos) };
      }
      const refused = /^(5\d\d) /.exec(line);
      return refused ? plain(Number(refused[1])) : 'unreadable';
    },
  };
}

function plain(code: number): AgiReply {
  return { code, result: '', isTimeout: false, endpos: null };
}
