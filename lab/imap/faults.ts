/** What tests turn. Everything stays until it is turned back, unless it says how often. */
export interface ImapFaults {
  /** New connections are refused, and those that stand are cut. */
  isDown: boolean;
  /** The next command of this name is done, and the connection cut before its answer. */
  loseAnswerOf(command: string, times?: number): void;
  /** Commands of this name are refused with this text, e.g. `[INUSE] try again`. Null turns it off. */
  refuse(command: string, text: string | null): void;
  /** Commands of this name are answered with OK and not done. */
  pretend(command: string, isOn?: boolean): void;
  /** Nothing is answered; connections stay open. */
  isSilent: boolean;
  /** Clients that idle are not told of anything. */
  isMute: boolean;
  mend(): void;
}

export interface ImapFaultBoard extends ImapFaults {
  takesAnswer(command: string): boolean;
  refusalOf(command: string): string | null;
  isPretended(command: string): boolean;
}

export function createImapFaults(onDown: () => void): ImapFaultBoard {
  const lost = new Map<string, number>();
  const refused = new Map<string, string>();
  const pretended = new Set<string>();
  let isDown = false;
  return {
    isSilent: false,
    isMute: false,
    get isDown() {
      return isDown;
    },
    set isDown(value) {
      isDown = value;
      if (value) onDown();
    },
    loseAnswerOf: (command, times = 1) => void lost.set(command, times),
    refuse(command, text) {
      if (text === null) refused.delete(command);
      else refused.set(command, text);
    },
    pretend(command, isOn = true) {
      if (isOn) pretended.add(command);
      else pretended.delete(command);
    },
    isPretended: (command) => pretended.has(command),
    takesAnswer(command) {
      const left = lost.get(command) ?? 0;
      if (left > 0) lost.set(command, left - 1);
      return left > 0;
    },
    refusalOf: (command) => refused.get(command) ?? null,
    mend() {
      lost.clear();
      refused.clear();
      pretended.clear();
      isDown = false;
      this.isSilent = false;
      this.isMute = false;
    },
  };
}
