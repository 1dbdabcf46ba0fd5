import { randomBytes } from 'node:crypto';
import { TheirError } from '../../domain/errors.ts';
import { createBudget } from '../../outbound/budget.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import { connectAmi } from './client/ami/connection.ts';
import type { AmiConnection } from './client/ami/connection.ts';
import type { AmiFields } from './client/ami/encode.ts';
import { createLink } from './client/ami/link.ts';
import { login } from './client/ami/login.ts';
import type { AmiPacket } from './client/ami/packet.ts';
import { probe } from './client/ami/probe.ts';
import type { Probe } from './client/ami/probe.ts';
import { isDenied, isUnknownAction } from './client/ami/reply.ts';
import type { AmiReply } from './client/ami/reply.ts';
import type { AsteriskConfig } from './config.ts';
import { classOf, missingClass, missingModuleOf } from './remedies.ts';

/** What is known about the pair of connections, for health.ts. */
export interface HubFacts {
  isEventsUp: boolean;
  isActionsUp: boolean;
  /** The last look, while the actions' connection is up. */
  probe: Probe | null;
  /** Why a connection is down; null before the first try. */
  trouble: TheirError | null;
}

export interface Hub {
  start(): void;
  stop(): Promise<void>;
  /** One action. Throws TheirError: 'unavailable' while there is no connection or Asterisk is still loading, 'denied' or 'refused' with a remedy, 'no-answer'. */
  call(action: string, fields?: AmiFields, more?: { deadlineMs?: number }): Promise<AmiReply>;
  facts(): HubFacts;
  onFacts: (fn: () => void) => void;
  onEvent: (fn: (event: AmiPacket) => void) => void;
  /** Both connections work and at least one is new: what happened meanwhile was not heard. */
  onResync: (fn: () => void) => void;
}

/** Events that we hear: `call` has those of conferences and voicemail, `system` the one that says that Asterisk has loaded everything. */
const eventMask = 'call,system';

/** Between two looks while modules are loading (0.3 to 0.5 s by trial). */
const loadingPauseMs = 250;

/** Between two looks when something is missing, so that "module load" and "manager reload" are noticed. */
const missingPauseMs = 30_000;

/** One session of Asterisk answers one action after another; more than a few at once only wait there instead of here. Ours. */
const actionsAtOnce = 8;

/** One pair of manager connections: events arrive on one, so that no flood of them delays the answers on the other (0.3 s against 0.07 s by trial). */
export function createHub({ config, secret, clock, log, random }: { config: AsteriskConfig; secret: string; clock: Clock; log: Log; random: () => number }): Hub {
  const { instance, ami, deadlines } = config;
  const facts: HubFacts = { isEventsUp: false, isActionsUp: false, probe: null, trouble: null };
  const factsWatchers: (() => void)[] = [];
  const eventWatchers: ((event: AmiPacket) => void)[] = [];
  const resyncWatchers: (() => void)[] = [];
  /** With voicemail, also what the dialplan tells (UserEvent). */
  const mask = config.voicemail ? `${eventMask},user` : eventMask;
  const budget = createBudget({
    clock,
    connector: instance,
    longestWaitMs: deadlines.actionMs,
    limits: [{ name: 'manager actions at once', per: 'all', concurrent: actionsAtOnce, source: 'ours' }],
  });
  let actions: AmiConnection | undefined;
  let isBooted = false;

  function changed(): void {
    for (const fn of factsWatchers) fn();
  }

  function resyncWhenWhole(): void {
    if (facts.isEventsUp && facts.isActionsUp && facts.probe && !facts.probe.isLoading) for (const fn of resyncWatchers) fn();
  }

  function hear(event: AmiPacket): void {
    if (event.name === 'FullyBooted') isBooted = true;
    for (const fn of eventWatchers) fn(event);
  }

  async function open(events: string, signal: AbortSignal): Promise<AmiConnection> {
    const connection = await connectAmi({
      connector: instance,
      address: { host: ami.host, port: ami.port, tls: ami.tls },
      clock,
      log,
      idPrefix: `tl-${randomBytes(8).toString('hex')}`,
      connectMs: deadlines.connectMs,
      onEvent: events === 'off' ? () => undefined : hear,
      signal,
    });
    try {
      await login(connection, { connector: instance, username: ami.username, secret, events, deadlineMs: deadlines.connectMs, signal });
    } catch (error) {
      connection.close();
      throw error;
    }
    return connection;
  }

  /** Looks until everything needed is there; goes on looking, seldom, while something is missing. Ends with the connection. */
  async function watchReadiness(connection: AmiConnection): Promise<void> {
    const over = new AbortController();
    void connection.closed.then((why) => over.abort(why));
    const patienceEnds = clock.now() + deadlines.bootMs;
    for (;;) {
      const wasBooted = isBooted;
      const seen = await probe(connection, ami.username, deadlines.actionMs);
      // Until Asterisk says that it has loaded everything, "unknown action" means "not yet".
      const mayStillLoad = seen.isLoading && !wasBooted && clock.now() < patienceEnds;
      const wasWorking = facts.probe !== null && !facts.probe.isLoading;
      if (!mayStillLoad) {
        facts.probe = seen;
        changed();
        if (!wasWorking) resyncWhenWhole();
        if (seen.gaps.length === 0) return;
      }
      await clock.sleep(mayStillLoad ? loadingPauseMs : missingPauseMs, over.signal);
    }
  }

  function down(why: TheirError): void {
    // It may have been restarted: what it had loaded says nothing about what it has loaded now.
    isBooted = false;
    facts.trouble = why;
    changed();
  }

  const common = { clock, random, log, pingEveryMs: deadlines.pingEveryMs, pingDeadlineMs: deadlines.actionMs };
  const eventsLink = createLink({
    ...common,
    name: 'events',
    open: (signal) => open(mask, signal),
    onUp() {
      facts.isEventsUp = true;
      changed();
      resyncWhenWhole();
    },
    onDown(why) {
      facts.isEventsUp = false;
      down(why);
    },
  });
  const actionsLink = createLink({
    ...common,
    name: 'actions',
    open: (signal) => open('off', signal),
    onUp(connection) {
      actions = connection;
      facts.isActionsUp = true;
      changed();
      // The link notices by itself when the connection breaks; a look that fails otherwise is a reason to begin anew.
      watchReadiness(connection).catch((error: unknown) => connection.close(error instanceof TheirError ? error : undefined));
    },
    onDown(why) {
      actions = undefined;
      facts.isActionsUp = false;
      facts.probe = null;
      down(why);
    },
  });

  async function call(action: string, fields: AmiFields = {}, { deadlineMs = deadlines.actionMs }: { deadlineMs?: number } = {}): Promise<AmiReply> {
    const connection = actions;
    if (!connection) {
      if (facts.trouble?.fault === 'denied') throw facts.trouble;
      throw new TheirError(instance, 'unavailable', 'there is no connection to the manager', { cause: facts.trouble });
    }
    const reply = await budget.run(instance, () => connection.action(action, fields, { deadlineMs }));
    if (isDenied(reply)) throw new TheirError(instance, 'denied', `the manager user may not do ${action}`, { remedy: missingClass(action, ami.username, 'write', classOf(action)).remedy });
    if (isUnknownAction(reply)) {
      if (!facts.probe) throw new TheirError(instance, 'unavailable', 'Asterisk is still loading its modules');
      throw new TheirError(instance, 'refused', `Asterisk does not know the action ${action}`, { remedy: missingModuleOf(action).remedy });
    }
    return reply;
  }

  return {
    start() {
      eventsLink.start();
      actionsLink.start();
    },
    async stop() {
      await Promise.all([eventsLink.stop(), actionsLink.stop()]);
      actions = undefined;
      facts.isEventsUp = facts.isActionsUp = false;
      facts.probe = null;
    },
    call,
    facts: () => ({ ...facts }),
    onFacts: (fn) => void factsWatchers.push(fn),
    onEvent: (fn) => void eventWatchers.push(fn),
    onResync: (fn) => void resyncWatchers.push(fn),
  };
}
