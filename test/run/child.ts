import { spawn, type ChildProcess } from 'node:child_process';

/** Children that run now. Each leads a process group of its own, so that browsers and workers end with it. */
const running = new Set<ChildProcess>();

export interface ChildResult {
  /** Null when it was ended by a signal. */
  code: number | null;
  /** True when it was we who ended it. */
  isEndedByUs: boolean;
  /** Both streams in one; empty when they were shown at once. */
  output: string;
}

export interface ChildOptions {
  env: NodeJS.ProcessEnv;
  limitSeconds: number;
  /**
   * Shows what the child says as it says it, and hears its messages. Returns the seconds that the child may go on after this message;
   * undefined leaves the limit as it is.
   */
  onMessage?: (message: unknown) => number | undefined;
}

/** Runs Node.js with these arguments, without standard input, and waits for its end. */
export function runNode(argv: readonly string[], { env, limitSeconds, onMessage }: ChildOptions): Promise<ChildResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, argv, {
      env: { ...process.env, ...env },
      detached: true,
      stdio: onMessage ? ['ignore', 'inherit', 'inherit', 'ipc'] : ['ignore', 'pipe', 'pipe'],
    });
    running.add(child);
    const pieces: string[] = [];
    for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (piece: string) => pieces.push(piece));
    let isEndedByUs = false;
    let limit = setTimeout(giveUp, limitSeconds * 1000);
    function giveUp(): void {
      isEndedByUs = true;
      endGroup(child);
    }
    child.on('message', (message) => {
      const grace = onMessage?.(message);
      if (grace === undefined) return;
      clearTimeout(limit);
      limit = setTimeout(giveUp, grace * 1000);
    });
    child.once('error', reject);
    // A child that is done may have left grandchildren, which hold its output open: nothing survives its phase.
    child.once('exit', () => endGroup(child));
    child.once('close', (code) => {
      clearTimeout(limit);
      running.delete(child);
      resolve({ code, isEndedByUs, output: pieces.join('') });
    });
  });
}

/** Ends what a child started, together with the child. */
function endGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // Nobody of the group is left.
  }
}

/** Ends everything that runs. */
export function endAll(): void {
  for (const child of running) endGroup(child);
}
