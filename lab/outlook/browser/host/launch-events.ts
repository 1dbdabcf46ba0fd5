import type { Manifest, LaunchEvent } from '../manifest/types.ts';
import type { Commands, Outcome } from './commands.ts';

/** Outlook's patience with an event handler: five minutes (documentation). */
export const handlerTimeoutMs = 300_000;

/** Event-based activation: starts the handlers that the manifest names. */
export interface LaunchEvents {
  handler: (type: string) => LaunchEvent | null;
  /** Runs the handler of `type`; null when the manifest has none. */
  run: (type: string, event: object, timeoutMs?: number) => Promise<Outcome> | null;
}

export function createLaunchEvents({ manifest, commands, bootTimeoutMs }: { manifest: Manifest; commands: Commands; bootTimeoutMs: () => number }): LaunchEvents {
  function handler(type: string): LaunchEvent | null {
    return (manifest.runtimePage && manifest.launchEvents.find((each) => each.type === type)) || null;
  }

  return {
    handler,
    run(type, event, timeoutMs = handlerTimeoutMs) {
      const found = handler(type);
      if (!found || !manifest.runtimePage) return null;
      return commands.run({ address: manifest.runtimePage, functionName: found.functionName, event: { type, ...event }, timeoutMs, bootTimeoutMs: bootTimeoutMs() });
    },
  };
}
