/** One number that came out of a figure. */
export interface Result {
  metric: string;
  /** "ms", "KB", "1/s" … */
  unit: string;
  ours: number;
  /** The same, measured of somebody else on the same machine, or published by them. Null where there is nobody to compare with. */
  peer: number | null;
  /** Whom, with version, and "replayed rule" where it is a model of them. Null with `peer`. */
  peerName: string | null;
  /** Which way is better: decides what `ratio` means. */
  better: 'lower' | 'higher';
  /** From how many runs `ours` comes. */
  runs: number;
}

/** What a figure gets. */
export interface BenchContext {
  /** The published table: more runs, larger worlds. Without it, all figures together stay under five minutes. */
  isFull: boolean;
  /** Something worth knowing beside the numbers; shown below the table. */
  note(text: string): void;
}

/** One figure that we publish. A file `bench/<name>.ts` exports a list of them as `figures`. */
export interface Figure {
  /** Stable, kebab-case: what `npm run bench -- <id>` names. */
  id: string;
  title: string;
  /** Takes minutes in a full run: taken after the others. */
  isLong?: boolean;
  run(context: BenchContext): Promise<Result[]>;
}

/** A result as it is printed with `--json`, one object a line. */
export interface Row {
  id: string;
  metric: string;
  unit: string;
  ours: number;
  peer: number | null;
  peerName: string | null;
  /** How many times better we are than the peer; below 1 we are worse. Null without a peer. */
  ratio: number | null;
  runs: number;
}

/** Completes a result. A peer that measured nothing at all cannot be compared with. */
export function toRow(id: string, { metric, unit, ours, peer, peerName, better, runs }: Result): Row {
  const quotient = peer === null ? NaN : better === 'lower' ? peer / ours : ours / peer;
  return { id, metric, unit, ours, peer, peerName, ratio: Number.isFinite(quotient) ? quotient : null, runs };
}
