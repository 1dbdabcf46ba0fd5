import type { Fault } from './world.ts';

/** A switch of the lab page: what to do when it goes on, and when it goes off. The words are the page's. */
export interface FaultSwitch {
  name: string;
  set(on: boolean): void;
}

export interface Faults {
  list(): Fault[];
  /** Throws Error for a fault that there is not. */
  set(name: string, on: boolean): void;
  mendAll(): void;
}

export function createFaults(switches: readonly FaultSwitch[]): Faults {
  const on = new Set<string>();

  function set(name: string, isOn: boolean): void {
    const found = switches.find((each) => each.name === name);
    if (!found) throw new Error(`There is no fault called "${name}".`);
    found.set(isOn);
    if (isOn) on.add(name);
    else on.delete(name);
  }

  return {
    list: () => switches.map(({ name }) => ({ name, isOn: on.has(name) })),
    set,
    mendAll: () => [...on].forEach((name) => set(name, false)),
  };
}
