/** The phases of `npm test`, in order, with their budgets: together under ten minutes on two cores (design: keeping the tests fast). */
export interface CommandPhase {
  kind: 'commands';
  name: string;
  budgetSeconds: number;
  /** Run at the same time. `needs` is the file without which there is nothing to run yet. */
  commands: readonly { title: string; argv: readonly string[]; needs: string }[];
}

export interface MochaPhase {
  kind: 'mocha';
  name: string;
  budgetSeconds: number;
  /** The phase exists as soon as one of these folders holds a file of code. */
  folders: readonly string[];
  /** On how many workers. More than one only where files share nothing but the database server, on which each makes its own database. */
  jobs: number;
  /** For one test: finds what hangs. Generous, because a loaded machine is no failure. */
  timeoutMs: number;
}

export type Phase = CommandPhase | MochaPhase;

const bin = 'node_modules';

const check: CommandPhase = {
  kind: 'commands',
  name: 'check',
  budgetSeconds: 30,
  commands: [
    { title: 'typecheck', argv: [`${bin}/typescript/bin/tsc`, '-b'], needs: 'tsconfig.json' },
    { title: 'lint', argv: [`${bin}/oxlint/bin/oxlint`, '--type-aware'], needs: '.oxlintrc.json' },
  ],
};

const build: CommandPhase = {
  kind: 'commands',
  name: 'build',
  budgetSeconds: 60,
  commands: [{ title: 'build', argv: ['--import=tsx', 'build.ts'], needs: 'build.ts' }],
};

/** One for each of the two cores, and one more where tests wait for the database or the network for half of their time. */
const full = 2;
const waiting = 3;

const unit: MochaPhase = { kind: 'mocha', name: 'unit', budgetSeconds: 60, folders: ['test/unit', 'test/house'], jobs: waiting, timeoutMs: 30_000 };
const contract: MochaPhase = { kind: 'mocha', name: 'contract', budgetSeconds: 90, folders: ['test/contract'], jobs: waiting, timeoutMs: 60_000 };
const machine: MochaPhase = { kind: 'mocha', name: 'machine', budgetSeconds: 90, folders: ['test/machine'], jobs: full, timeoutMs: 90_000 };
const stories: MochaPhase = { kind: 'mocha', name: 'stories', budgetSeconds: 180, folders: ['test/stories'], jobs: waiting, timeoutMs: 90_000 };
const real: MochaPhase = { kind: 'mocha', name: 'real', budgetSeconds: 60, folders: ['test/real'], jobs: 1, timeoutMs: 60_000 };

/** `npm test`: npm packages only. */
export const usualPhases: readonly Phase[] = [check, build, unit, contract, machine, stories];

/** `npm run test:real`: what talks to a database or another program again, on the real ones, and what only real ones can prove. */
export const realPhases: readonly Phase[] = [build, unit, contract, machine, stories, real];

/** How long past its budget a phase may run before it is ended and counts as failed: a loaded machine is no failure, a hanging test is. */
export const patience = 4;
