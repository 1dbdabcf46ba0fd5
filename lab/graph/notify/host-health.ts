/**
 * How Graph treats a slow host (change-notifications-delivery-webhooks): more than 10 % of answers over 3 s within 10 minutes: every notification of that host is
 * delayed by 10 minutes; more than 15 % over 10 s: discarded for 10 minutes. Judged from 100 notifications on.
 */
export interface HostHealth {
  note(host: string, tookMs: number): void;
  state(host: string): 'good' | 'slow' | 'drop';
}

const windowMs = 10 * 60_000;
const judgedFrom = 100;
const slow = { overMs: 3_000, part: 0.1 };
const drop = { overMs: 10_000, part: 0.15 };

interface Host { answers: { at: number; tookMs: number }[]; state: 'good' | 'slow' | 'drop'; until: number }

export function createHostHealth(now: () => number): HostHealth {
  const hosts = new Map<string, Host>();

  function part(answers: Host['answers'], overMs: number): number {
    return answers.filter(({ tookMs }) => tookMs >= overMs).length / answers.length;
  }

  return {
    note(host, tookMs) {
      const known = hosts.get(host) ?? { answers: [], state: 'good', until: 0 };
      hosts.set(host, known);
      known.answers = [...known.answers.filter(({ at }) => at > now() - windowMs), { at: now(), tookMs }];
      if (known.answers.length < judgedFrom || known.until > now()) return;
      known.state = part(known.answers, drop.overMs) > drop.part ? 'drop' : part(known.answers, slow.overMs) > slow.part ? 'slow' : 'good';
      if (known.state !== 'good') known.until = now() + windowMs;
    },
    state(host) {
      const known = hosts.get(host);
      return known && known.until > now() ? known.state : 'good';
    },
  };
}

/** Delay that a slow host earns, ms. */
export const slowHostDelayMs = windowMs;
