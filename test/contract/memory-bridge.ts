import { createLabClock } from '../../lab/clock.ts';
import { createMemoryBridge } from '../../server/connectors/memory/index.ts';
import type { BridgeWorld } from './conference-bridge.ts';

/** The reference, with people. */
export async function memoryWorld(): Promise<BridgeWorld> {
  const clock = createLabClock({ startAt: Date.UTC(2026, 10, 21, 9), paused: true });
  const memory = createMemoryBridge({ instance: 'memory', clock });
  return {
    bridge: memory.port,
    enter: async (room, { name, isHost }) => memory.enter(room, { name, number: '+15551230001', isHost }),
    leave: async (leg) => memory.leave(leg),
    number: '+15551230002',
    async takeUp(number, takesUp) {
      const key = memory.done.includes(`call red ${number}`) ? 'k1' : '';
      return memory.answer(takesUp ? key : 'k2', takesUp ? 'answered' : 'no-answer');
    },
    async cut() {
      memory.setAway(true);
      return async () => memory.setAway(false);
    },
    through: (outcome) => outcome,
    async until(what, holds) {
      if (!holds()) throw new Error(`never happened: ${what}`);
    },
    stop: async () => clock.stop(),
  };
}
