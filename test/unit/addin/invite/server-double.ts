import type { HoldRequest } from '../../../../contract/conference/conference.ts';
import type { Client } from '../../../../addin/talk/client.ts';
import { TalkFault } from '../../../../addin/talk/fault.ts';
import type { Server } from '../../../../addin/talk/server.ts';
import { SignInFault } from '../../../../addin/talk/sign-in.ts';
import { makeBlock } from '../../../../invitation/index.ts';
import { blockWords } from '../../../../words/block.ts';
import { conference } from '../../../screens/sample.ts';
import { joinBase } from '../../invitation/sample.ts';

const letters = 'abcdefghijklmnopqrstuvwxyz234567';

export interface ServerDouble extends Server {
  /** What was asked, in order: "hold", "read <id>", … */
  asked: string[];
  held: HoldRequest[];
  /** Conferences by id, with their language. */
  conferences: Map<string, { state: string; language: string }>;
  /** Runs before an answer; may throw. */
  before: (call: string) => void | Promise<void>;
}

/** A server with conferences in memory. */
export function makeServer(): ServerDouble {
  let count = 0;
  function view(id: string) {
    const found = double.conferences.get(id);
    if (found === undefined) throw new TalkFault('not-found', 'there is none');
    const state = found.state === 'expired' ? 'expired' : 'held';
    const shown = conference({ id, joinUrl: joinBase + id, language: found.language, state });
    const block = makeBlock(
      { joinUrl: joinBase + id, passcode: '7391', accessCode: '482913756', numbers: [{ country: 'Germany', display: '+49 30 23125 400', e164: '+493023125400' }], moreNumbers: false, host: 'Anna Berger' },
      blockWords(found.language),
    );
    return { conference: shown, block };
  }
  const ticket = { value: '1.ticket', expiresAt: '2026-12-21T00:00:00Z' };
  async function call(name: string): Promise<void> {
    double.asked.push(name);
    await double.before(name);
  }
  const client: Client = {
    me: () => Promise.reject(new Error('not used')),
    async hold(request) {
      await call('hold');
      double.held.push(request);
      const id = `k7v3m2qx4tndk7v3m2qx4tnd2${letters.charAt(count)}`;
      count += 1;
      double.conferences.set(id, { state: 'held', language: request.language ?? 'en' });
      return { ...view(id), ticket };
    },
    async read(id) {
      await call(`read ${id}`);
      return view(id);
    },
    list: () => Promise.reject(new Error('not used')),
    commit: () => Promise.reject(new Error('not used')),
    async release(id) {
      await call(`release ${id}`);
      double.conferences.set(id, { state: 'expired', language: 'en' });
      return view(id);
    },
    restore: () => Promise.reject(new Error('not used')),
    async renewTicket(id) {
      await call(`ticket ${id}`);
      return { ticket };
    },
    change: () => Promise.reject(new Error('not used')),
  };
  const double: ServerDouble = {
    origin: 'https://tieline.example.com',
    client,
    signIn: { token: () => Promise.resolve('token'), ask: () => Promise.resolve('token') },
    transport: { origin: '', language: 'en', token: () => Promise.resolve('token'), fetch, deadlineMs: 1, wait: () => Promise.resolve() },
    asked: [],
    held: [],
    conferences: new Map(),
    before: () => undefined,
  };
  return double;
}

/** Every way in which the server can fail, with what the person is told. */
export const failures: readonly { name: string; fault: Error; kind: string }[] = [
  { name: 'away', fault: new TalkFault('offline', 'x'), kind: 'unreachable' },
  { name: 'slow', fault: new TalkFault('silent', 'x'), kind: 'unreachable' },
  { name: 'overloaded', fault: new TalkFault('busy', 'x'), kind: 'unreachable' },
  { name: 'refusing the token', fault: new TalkFault('signed-out', 'x'), kind: 'signed-out' },
  { name: 'refusing the person', fault: new TalkFault('not-allowed', 'x'), kind: 'not-allowed' },
  { name: 'refusing the request', fault: new TalkFault('refused', 'x'), kind: 'refused' },
  { name: 'behind a sign-in that nobody made', fault: new SignInFault('signed-out', []), kind: 'signed-out' },
  { name: 'behind a consent that nobody gave', fault: new SignInFault('not-allowed', []), kind: 'not-allowed' },
  { name: 'behind a sign-in service that is away', fault: new SignInFault('unreachable', []), kind: 'unreachable' },
];
