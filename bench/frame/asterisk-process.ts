/** A process of its own with a stand-in for Asterisk, as a phone system is a machine of its own: what it takes to answer is not ours. Told by messages what to do; it says its port first. */
import { createAsterisk, type AsteriskOptions } from '../../lab/asterisk/index.ts';
import { createLabClock } from '../../lab/clock.ts';
import { cpuSeconds } from './statistics.ts';

export type AsteriskUsers = AsteriskOptions['users'];
/** A device that is in use, or no longer. */
export interface AsteriskDevice { device: string; isInUse: boolean }
export type AsteriskAsk = 'count' | 'all' | AsteriskDevice;
export interface AsteriskShown { presentity: string; presence: { state: string; subtype: string; message: string } }
export type AsteriskAnswer = { port: number } | { changes: number; cpuSeconds: number } | { toldAt: [string, number][]; shown: AsteriskShown[] } | { saidAt: number };

async function serve(users: AsteriskUsers): Promise<void> {
  const standIn = await createAsterisk({ clock: createLabClock({ startAt: Date.now() }), users, phones: [], agiUrl: 'agi://127.0.0.1:1/none' });
  const toldAt = new Map<string, number>();
  let changes = 0;
  standIn.exchange.presences.onChange((presentity) => {
    changes += 1;
    toldAt.set(presentity, Date.now());
  });
  const answer = (what: AsteriskAnswer): void => void process.send?.(what);
  process.on('message', (ask: AsteriskAsk) => {
    if (typeof ask === 'object') {
      const saidAt = performance.timeOrigin + performance.now();
      standIn.exchange.devices.set(ask.device, ask.isInUse ? 'INUSE' : 'NOT_INUSE');
      answer({ saidAt });
    } else if (ask === 'count') answer({ changes, cpuSeconds: cpuSeconds() });
    else answer({ toldAt: [...toldAt], shown: standIn.exchange.presences.list() });
  });
  answer({ port: standIn.amiPort });
}

process.once('message', (users: AsteriskUsers) => void serve(users));
process.on('disconnect', () => process.exit(0));
