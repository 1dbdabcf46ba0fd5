import { setTimeout as pause } from 'node:timers/promises';

/** Waits for a condition of another process or connection, looked at every few milliseconds; the test's own timeout is the limit. A condition that throws does not hold yet. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (;;) {
    if (await Promise.resolve().then(holds).catch(() => false)) return;
    await pause(10);
  }
}
