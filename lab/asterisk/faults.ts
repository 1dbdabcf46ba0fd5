/** What is wrong with the PBX just now; turned by faults, read by the AMI server. */
export interface Trouble {
  /** Added before each AMI reply, ms. The action has happened by then. */
  slowMs: number;
  /** The machine is gone without a word: nothing is sent and nothing is read, yet connections are taken. */
  halfOpen: boolean;
  /** No user has any class. */
  permissionRefused: boolean;
  /** No events go out. */
  dropEvents: boolean;
}

export type FaultName = 'down' | 'slow' | 'halfOpen' | 'permissionRefused' | 'dropEvents' | 'unplugged' | 'busy' | 'functionMissing' | 'restarting';

/** Undoes one fault. Resolves when the PBX serves again. Undoing twice is harmless. */
export type Mend = () => Promise<void>;

/** What can be broken. Each method breaks at once and returns what mends it. */
export interface Faults {
  /** Nothing listens; calls are gone. Mended, it boots like after a restart. */
  down(): Promise<Mend>;
  slow(ms: number): Mend;
  /** Connections made meanwhile and before are dead when it is mended: they are reset then. */
  halfOpen(): Mend;
  permissionRefused(): Mend;
  dropEvents(): Mend;
  /** A function's module was never loaded (`noload` in modules.conf), and everything else was: setting it says "Variable not set", reading it gives nothing. */
  functionMissing(name: string): Mend;
  unplugged(extension: string): Mend;
  busy(extension: string): Mend;
  /** kill -9 and its keeper: refused for 1.7 s, then logging in works 0.4 s before the modules are there. Resolves when fully booted. */
  restart(): Promise<void>;
  /** What is broken now, in the order in which it broke. */
  active(): { name: FaultName; detail: string }[];
  mendAll(): Promise<void>;
}

export function noTrouble(): Trouble {
  return { slowMs: 0, halfOpen: false, permissionRefused: false, dropEvents: false };
}

/** The parts that faults break. */
export interface FaultParts {
  trouble: Trouble;
  /** kill -9, and nothing listens. */
  stop(): Promise<void>;
  /** Listens again, modules still missing. Resolves when fully booted. */
  boot(): Promise<void>;
  /** Waits as long as the keeper needs to start it again. */
  untilStarted(): Promise<void>;
  /** Resets the connections that died while the other side could not know. */
  resetDead(): void;
  plug(extension: string, plugged: boolean): void;
  setBusy(extension: string, busy: boolean): void;
  setMissing(functionName: string, isMissing: boolean): void;
  changed(): void;
}

export function createFaults(parts: FaultParts): Faults {
  const { trouble } = parts;
  let active: { name: FaultName; detail: string; mend: Mend }[] = [];

  function add(name: FaultName, detail: string, undo: () => void | Promise<void>): Mend {
    const fault = { name, detail, mend };
    async function mend(): Promise<void> {
      if (!active.includes(fault)) return;
      active = active.filter((each) => each !== fault);
      // Another fault of the same kind may still be on.
      if (!active.some((each) => each.name === name && each.detail === detail)) await undo();
      parts.changed();
    }
    active.push(fault);
    parts.changed();
    return mend;
  }

  return {
    async down() {
      await parts.stop();
      return add('down', '', () => parts.boot());
    },
    slow(ms) {
      trouble.slowMs = ms;
      return add('slow', String(ms), () => {
        trouble.slowMs = Number(active.findLast((each) => each.name === 'slow')?.detail ?? 0);
      });
    },
    halfOpen() {
      trouble.halfOpen = true;
      return add('halfOpen', '', () => {
        trouble.halfOpen = false;
        parts.resetDead();
      });
    },
    permissionRefused() {
      trouble.permissionRefused = true;
      return add('permissionRefused', '', () => void (trouble.permissionRefused = false));
    },
    dropEvents() {
      trouble.dropEvents = true;
      return add('dropEvents', '', () => void (trouble.dropEvents = false));
    },
    functionMissing(name) {
      parts.setMissing(name, true);
      return add('functionMissing', name, () => parts.setMissing(name, false));
    },
    unplugged(extension) {
      parts.plug(extension, false);
      return add('unplugged', extension, () => parts.plug(extension, true));
    },
    busy(extension) {
      parts.setBusy(extension, true);
      return add('busy', extension, () => parts.setBusy(extension, false));
    },
    async restart() {
      const mend = add('restarting', '', () => {});
      await parts.stop();
      await parts.untilStarted();
      await parts.boot();
      await mend();
    },
    active: () => active.map(({ name, detail }) => ({ name, detail })),
    async mendAll() {
      const broken = active.filter(({ name }) => name !== 'restarting');
      for (const fault of broken) await fault.mend();
    },
  };
}
