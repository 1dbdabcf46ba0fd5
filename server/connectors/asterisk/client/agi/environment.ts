/** What Asterisk says of the call before it takes commands. All of it is hostile text: caller ids come from strangers, and anybody may open the port. */
export interface AgiEnvironment {
  /** Path of the agi:// address, without the leading slash. */
  script: string;
  channel: string;
  uniqueId: string;
  callerNumber: string;
  callerName: string;
  language: string;
  /** The first argument that the dialplan gave. */
  argument: string;
}

/** Asterisk 22 sends 22 lines and one for each argument. */
const mostLines = 160;
const mostBytes = 32 * 1024;

export interface EnvironmentReader {
  /** Takes a line. Returns the environment at the blank line that ends it, 'more' before, 'refused' when it is no environment or too large. */
  take(line: string): AgiEnvironment | 'more' | 'refused';
}

/** Reads the block of "agi_name: value" lines. The first of a name wins, so that nothing a caller chose can replace it. */
export function createEnvironmentReader(): EnvironmentReader {
  const values = new Map<string, string>();
  let bytes = 0;
  let lines = 0;

  function value(name: string): string {
    return values.get(name) ?? '';
  }

  return {
    take(line) {
      bytes += line.length + 1;
      if (++lines > mostLines || bytes > mostBytes) return 'refused';
      if (line === '') {
        if (value('agi_network') !== 'yes') return 'refused';
        const number = value('agi_callerid');
        return {
          script: value('agi_network_script'),
          channel: value('agi_channel'),
          uniqueId: value('agi_uniqueid'),
          callerNumber: number === 'unknown' ? '' : number,
          callerName: value('agi_calleridname') === 'unknown' ? '' : value('agi_calleridname'),
          language: value('agi_language'),
          argument: value('agi_arg_1'),
        };
      }
      const match = /^(agi_\w{1,40}): ?(.*)$/.exec(line);
      if (!match) return 'refused';
      const [, name = '', text = ''] = match;
      if (!values.has(name)) values.set(name, text.trim());
      return 'more';
    },
  };
}
