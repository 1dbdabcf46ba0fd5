import type { NotificationFaults } from './notify/types.ts';
import type { Call } from './types.ts';
import { GraphError } from './errors.ts';

/** Which requests a fault meets: all, or those of one mailbox (object id) and method. */
export interface FaultTarget { mailbox?: string; method?: string }

/** Faults that tests and the lab page turn. Every one stays until it is turned off or `mend` is called, or its `times` are used up. */
export interface Faults {
  readonly notifications: NotificationFaults;
  /** 429 with `Retry-After` as given: whole seconds or a decimal, as Graph gives both. null turns it off. */
  throttle(retryAfter: string | null, target?: FaultTarget, times?: number): void;
  /** Answers with `status` instead of working. null turns it off. */
  status(status: number | null, target?: FaultTarget, times?: number): void;
  /** Does the work, then answers with `status`: the success that looked like a failure. 0 cuts the connection instead. null turns it off. */
  loseReply(status: number | null, target?: FaultTarget, times?: number): void;
  /** Refuses this share of the calls to mailboxes (0 to 1) with one of these statuses, by `random` ([0, 1)). 0 turns it off. */
  sometimes(share: number, statuses: readonly number[], random: () => number): void;
  /** How often it has refused with this status since it was turned. */
  injected(status: number): number;
  /** Every answer takes this much longer, ms of the lab's clock. */
  slow(ms: number): void;
  /** The mailbox is gone: 404 for every request. */
  mailboxGone(mailbox: string, isGone?: boolean): void;
  /** All faults off. */
  mend(): void;
  /** Names of the faults that are on. */
  active(): string[];
}

interface Rule { name: 'throttle' | 'status' | 'loseReply'; value: string; target: FaultTarget; left: number }

/** What the dispatcher asks. */
export interface FaultBoard extends Faults {
  slowMs(): number;
  /** Throws the GraphError that a fault wants instead of the work. `mailboxId` null: the request names none. */
  before(call: Call, mailboxId: string | null): void;
  /** The status that shall replace a good answer; null for none. */
  after(call: Call, mailboxId: string | null): number | null;
}

const codes: Record<number, [code: string, message: string]> = {
  401: ['InvalidAuthenticationToken', 'Access token validation failure.'],
  403: ['ErrorAccessDenied', 'Access is denied. Check credentials and try again.'],
  404: ['ErrorItemNotFound', 'The specified object was not found in the store.'],
  500: ['ErrorInternalServerError', 'An internal server error occurred. The operation failed.'],
  502: ['BadGateway', 'The upstream service gave no valid answer.'],
  503: ['ErrorServerBusy', 'The server is too busy to process the request.'],
  504: ['GatewayTimeout', 'The upstream service did not answer in time.'],
};

function failure(status: number): GraphError {
  const [code, message] = codes[status] ?? ['generalException', 'An error occurred.'];
  return new GraphError(status, code, message);
}

export function createFaults(): FaultBoard {
  const rules: Rule[] = [];
  const gone = new Set<string>();
  const notifications: NotificationFaults = { lost: 0, lateMs: 0, twice: false, shuffled: false };
  let slowMs = 0;
  let chance: { share: number; statuses: readonly number[]; random: () => number } = { share: 0, statuses: [], random: () => 1 };
  const injected = new Map<number, number>();

  function set(name: Rule['name'], value: string | null, target: FaultTarget = {}, times = Infinity): void {
    const at = rules.findIndex((rule) => rule.name === name && rule.target.mailbox === target.mailbox && rule.target.method === target.method);
    if (at >= 0) rules.splice(at, 1);
    if (value !== null) rules.push({ name, value, target, left: times });
  }

  function take(names: Rule['name'][], call: Call, mailboxId: string | null): Rule | undefined {
    const rule = rules.find(({ name, target }) => names.includes(name) && (target.mailbox === undefined || target.mailbox === mailboxId) && (target.method === undefined || target.method === call.method));
    if (!rule) return undefined;
    rule.left -= 1;
    if (rule.left <= 0) rules.splice(rules.indexOf(rule), 1);
    return rule;
  }

  return {
    notifications,
    throttle: (retryAfter, target, times) => set('throttle', retryAfter, target, times),
    status: (status, target, times) => set('status', status === null ? null : String(status), target, times),
    loseReply: (status, target, times) => set('loseReply', status === null ? null : String(status), target, times),
    sometimes(share, statuses, random) {
      chance = { share, statuses, random };
      if (share > 0) injected.clear();
    },
    injected: (status) => injected.get(status) ?? 0,
    slow(ms) {
      slowMs = ms;
    },
    mailboxGone(mailbox, isGone = true) {
      if (isGone) gone.add(mailbox);
      else gone.delete(mailbox);
    },
    mend() {
      rules.length = 0;
      gone.clear();
      slowMs = 0;
      chance = { ...chance, share: 0 };
      Object.assign(notifications, { lost: 0, lateMs: 0, twice: false, shuffled: false });
    },
    active() {
      const { lost, lateMs, twice, shuffled } = notifications;
      const on = { slow: slowMs > 0, mailboxGone: gone.size > 0, 'notifications lost': lost > 0, 'notifications late': lateMs > 0, 'notifications twice': twice, 'notifications shuffled': shuffled };
      return [...new Set(rules.map(({ name }) => name)), ...Object.entries(on).filter(([, isOn]) => isOn).map(([name]) => name)];
    },
    slowMs: () => slowMs,
    before(call, mailboxId) {
      if (mailboxId !== null && gone.has(mailboxId)) throw new GraphError(404, 'ErrorInvalidUser', `The requested user '${mailboxId}' is invalid.`);
      const unlucky = mailboxId !== null && chance.random() < chance.share ? chance.statuses[Math.floor(chance.random() * chance.statuses.length)] : undefined;
      if (unlucky !== undefined) {
        injected.set(unlucky, (injected.get(unlucky) ?? 0) + 1);
        if (unlucky !== 429) throw failure(unlucky);
        throw new GraphError(429, 'ApplicationThrottled', 'Application is over its RequestRate limit.', { headers: { 'retry-after': '1' } });
      }
      const rule = take(['throttle', 'status'], call, mailboxId);
      if (rule?.name === 'throttle') throw new GraphError(429, 'ApplicationThrottled', 'Application is over its MailboxConcurrency limit.', { headers: { 'retry-after': rule.value } });
      if (rule) throw failure(Number(rule.value));
    },
    after(call, mailboxId) {
      const rule = take(['loseReply'], call, mailboxId);
      return rule ? Number(rule.value) : null;
    },
  };
}

export { failure as failureOf };
