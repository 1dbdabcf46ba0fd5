import type { availabilityApi, AvailabilityView } from '../../../contract/availability/availability.ts';
import type { greetingApi } from '../../../contract/availability/greeting.ts';
import type { Handlers } from '../../../contract/endpoint.ts';
import type { Together } from '../../../contract/people/people.ts';
import type { MailboxRef } from '../../domain/calendar.ts';
import { OurError } from '../../domain/errors.ts';
import type { ByteAnswer } from '../../ports/byte-answer.ts';
import type { Greetings } from '../../ports/greeting-store.ts';
import type { Queries } from '../../store/schema.ts';
import type { StraightWork, WorkBatches } from '../../store/batch-worker.ts';
import type { WorkHandlers } from '../../store/worker.ts';
import { putWork } from '../../store/work.ts';
import { createAbsences } from './calendar/absence.ts';
import type { AvailabilityDeps } from './deps.ts';
import { endDot, tellDot } from './phone/dot.ts';
import { takeCarried } from './calendar/carried.ts';
import { askElsewhere } from './elsewhere/elsewhere.ts';
import { evaluate, segmentsAround } from './evaluate.ts';
import { nextFreeHalfHour } from './rules/free.ts';
import { gather } from './gather.ts';
import { createHandlers } from './handlers.ts';
import { calendarListeners } from './calendar/heard.ts';
import { createGreetings } from './greeting/answer.ts';
import { greetingSound, greetingView } from './greeting/listen.ts';
import { prepareGreetings } from './greeting/prepare.ts';
import { followAnew } from './phone/follow.ts';
import { listenTo } from './phone/listen.ts';
import { release } from './phone/release.ts';
import { show } from './phone/show.ts';
import { takeUp } from './round.ts';
import { turn } from './turn/turn.ts';
import { nextTogether } from './when-free/together.ts';
import { seenBy, viewOf } from './view/view.ts';
import { mailboxChanged } from './calendar/relinked.ts';
import { createAskZone, type AskZone } from './calendar/zone.ts';
import { createViewReader } from './view/view-reader.ts';
import { lookWhetherFree, waitedForBy } from './when-free/when-free.ts';

export type { AvailabilityDeps, OwnedLine, PersonPolicy } from './deps.ts';

/** What the availability feature gives to the server. */
export interface AvailabilityFeature {
  handlers: Handlers<typeof availabilityApi>;
  greetingHandlers: Handlers<typeof greetingApi>;
  /** *Listen*. */
  greetingSound(tenantId: string, personId: string, language: string): Promise<ByteAnswer>;
  /** What the phone system asks before a box takes a call. */
  greetings(tenantId: string): Greetings;
  workHandlers: WorkHandlers;
  /** What is done for many people at once. */
  workBatches: WorkBatches;
  /** What of that was worked out before. */
  straightWork: Readonly<Record<string, StraightWork>>;
  /** The state behind `availability:<person id>`; undefined for a topic of another feature, null for somebody who is not known. */
  snapshot(tenantId: string, viewer: string, topic: string): Promise<unknown>;
  /** One person's state as `viewer` may see it, for other features; null for nobody. */
  of(tenantId: string, personId: string, viewer: string): Promise<AvailabilityView | null>;
  /** When they have half an hour, by their calendar and what they chose; epoch ms, UTC. */
  freeHalfHour(tenantId: string, personId: string): Promise<{ from: number; to: number } | null>;
  /** The zone of somebody's mailbox, for a mail that is written to them now. */
  askZone: AskZone;
  /** The next meeting of two people, from the viewer's own calendar. */
  together(tenantId: string, viewer: string, address: string): Promise<Together | null>;
  /** Listens to the phone systems. Returns a function that stops it. */
  listen(tenantId: string): () => void;
  resume(tenantId: string): Promise<void>;
  /** Rules are others now, of everybody or of one person: what they are is looked at anew, at once. */
  settingsChanged(tx: Queries, tenantId: string, whose?: { scope: 'organisation' | 'group' | 'person'; scopeId: string }): Promise<void>;
  /** In the transaction in which another mailbox becomes somebody's, or a first one. */
  mailboxChanged(tx: Queries, tenantId: string, change: { personId: string; was: readonly MailboxRef[] }): Promise<void>;
}

export function createAvailabilityFeature(deps: AvailabilityDeps): AvailabilityFeature {
  for (const listener of calendarListeners(deps)) deps.calendars.listen(listener);
  const readView = createViewReader(deps);
  const absences = createAbsences(deps);

  return {
    handlers: createHandlers(deps),
    greetingHandlers: {
      async greeting({ query }, { tenantId, personId }) {
        if (personId === null) throw new OurError('a greeting needs a person');
        return { greeting: await greetingView(deps, tenantId, personId, query.language ?? '') };
      },
    },
    greetingSound: (tenantId, personId, language) => greetingSound(deps, tenantId, personId, language),
    greetings: (tenantId) => createGreetings(deps, tenantId),
    workHandlers: {
      'availability.elsewhere': ({ tenantId }) => askElsewhere(deps, tenantId),
      'availability.free': ({ tenantId, key }) => lookWhetherFree(deps, tenantId, key),
      'availability.greeting': ({ tenantId, key }) => prepareGreetings(deps, tenantId, key),
      'availability.dot': ({ tenantId, key }) => tellDot(deps, tenantId, key),
      'availability.undot': ({ key }) => endDot(deps, key),
      'availability.carried': ({ tenantId, payload }) => takeCarried(deps, tenantId, payload),
      'availability.round': ({ tenantId }) => takeUp(deps, tenantId),
      'availability.follow': ({ tenantId, key }) => followAnew(deps, tenantId, key),
      'availability.release': ({ tenantId }) => release(deps, tenantId),
      'availability.absences': ({ tenantId, key }) => absences.ask(tenantId, key),
    },
    workBatches: {
      // First: whoever was judged is told before the next are judged, so that half of the phones are right after half of the time.
      'availability.show': (tenantId, keys) => show(deps, tenantId, keys),
      'availability.person': (tenantId, keys) => evaluate(deps, tenantId, keys),
    },
    straightWork: { 'availability.person': (claim) => turn(deps, claim) },
    async snapshot(tenantId, viewer, topic) {
      if (topic === `when-free:${viewer}`) return waitedForBy(deps, tenantId, viewer);
      const personId = /^availability:(.+)$/.exec(topic)?.[1];
      return personId === undefined ? undefined : seenBy(viewer, await readView(tenantId, personId));
    },
    of: (tenantId, personId, viewer) => viewOf(deps, tenantId, personId, viewer),
    async freeHalfHour(tenantId, personId) {
      const now = deps.clock.now();
      const { facts } = await gather(deps, deps.store.db, tenantId, personId, now);
      return nextFreeHalfHour(segmentsAround(facts, now), now, facts.zone);
    },
    askZone: createAskZone(deps),
    together: (tenantId, viewer, address) => nextTogether(deps, tenantId, viewer, address),
    listen(tenantId) {
      const stops = deps.targets.map((target) => listenTo(deps, tenantId, target));
      return () => stops.forEach((stop) => stop());
    },
    settingsChanged(tx, tenantId, whose) {
      const dueAt = deps.clock.now();
      if (whose?.scope !== 'person') return putWork(tx, { tenantId, kind: 'availability.round', key: 'all', dueAt });
      // The look is put here already, so that what was prepared by the old settings goes with them (turn.ts); while a round is due, nothing prepared counts.
      return putWork(tx, ...['availability.person', 'availability.follow'].map((kind) => ({ tenantId, kind, key: whose.scopeId, dueAt })));
    },
    mailboxChanged: (tx, tenantId, change) => mailboxChanged(deps, tx, tenantId, change),
    async resume(tenantId) {
      const now = deps.clock.now();
      await putWork(deps.store.db, { tenantId, kind: 'availability.round', key: 'all', dueAt: now }, ...deps.absences.map((each) => ({ tenantId, kind: 'availability.absences', key: each.instance, dueAt: now })));
    },
  };
}
