import type { Handlers } from '../../../contract/endpoint.ts';
import type { conferenceApi, ConferenceView } from '../../../contract/conference/conference.ts';
import type { roomApi, RoomView } from '../../../contract/conference/room.ts';
import type { outrightApi } from '../../../contract/conference/outright.ts';
import type { reissueApi } from '../../../contract/conference/reissue.ts';
import type { Admission } from '../../ports/admission.ts';
import type { Page } from '../../ports/page.ts';
import { bringForward, putWork } from '../../store/work.ts';
import type { WorkHandlers } from '../../store/worker.ts';
import { createAdmission } from './admission/admission.ts';
import { bringBridge, countMembers, heardBridge, resync, timeHasCome } from './bridge/bridge-work.ts';
import { settleCopy } from './calendar/copy.ts';
import type { ConferenceDeps } from './deps.ts';
import { createHandlers } from './handlers.ts';
import { calendarListener } from './calendar/heard.ts';
import { bringEvent, sendMail } from './outright/deliver-work.ts';
import { outrightHandlers } from './outright/handlers.ts';
import { outrightPages } from './outright/pages.ts';
import { createPages } from './join/pages.ts';
import { confirm, lookForStanding, reread } from './calendar/reread.ts';
import { performCommand } from './room/perform.ts';
import { createRoomHandlers, findLed } from './room/room-handlers.ts';
import { roomViewOf } from './room/room-view.ts';
import { reissueHandlers } from './reissue/handlers.ts';
import { advance, forget } from './reissue/run-work.ts';
import { roomIsOver } from './bridge/room-in-use.ts';
import { conferencesOf, findConference } from './rows.ts';
import { createTickets, type Tickets } from './admission/tickets.ts';
import { viewOf } from './view.ts';
import { checkSettings } from './wishes.ts';
import { watchPeople } from './calendar/watch-people.ts';

export type { ConferenceDeps } from './deps.ts';
export { runEffect } from './deps.ts';

/** What the conference feature gives to the server. */
export interface ConferenceFeature {
  handlers: Handlers<typeof conferenceApi>;
  roomHandlers: Handlers<typeof roomApi>;
  /** Conferences that are created outright in Tieline. */
  outright: Handlers<typeof outrightApi>;
  /** Invites that are written anew in bulk. */
  reissue: Handlers<typeof reissueApi>;
  /** Server-rendered pages, such as the join page. */
  pages: Page[];
  workHandlers: WorkHandlers;
  verifyTicket: Tickets['verify'];
  /** Refuses settings that cannot be here. Throws UserError. */
  checkSettings(tenantId: string, values: Readonly<Record<string, unknown>>): Promise<void>;
  /** The answer to the dialplan's question, for one tenant's PBX. */
  admission(tenantId: string): Admission;
  /** The state behind a live topic as this person may see it; undefined for a topic of another feature. */
  snapshot(tenantId: string, personId: string, topic: string): Promise<ConferenceView | ConferenceView[] | RoomView | null | undefined>;
  /** Listens to the bridges. Returns a function that stops it. */
  listen(tenantId: string): () => void;
  /** After a start, in a process that works. */
  resume(tenantId: string): Promise<void>;
}

/** How many conferences a live list shows. */
const listLength = 25;

export function createConferenceFeature(deps: ConferenceDeps): ConferenceFeature {
  const tickets = createTickets(deps);
  deps.calendars.listen(calendarListener(deps));

  async function snapshot(tenantId: string, personId: string, topic: string): Promise<ConferenceView | ConferenceView[] | RoomView | null | undefined> {
    if (topic === `conferences:${personId}`) {
      const found = await conferencesOf(deps.store.db, tenantId, personId, 'upcoming', deps.clock.now(), listLength);
      return Promise.all(found.map((each) => viewOf(deps, each, personId)));
    }
    const room = /^room:([a-z2-7]{26})$/.exec(topic)?.[1];
    if (room !== undefined) {
      const led = await findLed(deps, tenantId, personId, room);
      return led && roomViewOf(deps, led.conference, led.role);
    }
    const id = /^conference:([a-z2-7]{26})$/.exec(topic)?.[1];
    if (id === undefined) return undefined;
    const conference = await findConference(deps.store.db, tenantId, id);
    const isTheirs = conference !== null && (conference.ownerId === personId || conference.bookerId === personId);
    return isTheirs ? viewOf(deps, conference, personId) : null;
  }

  function listen(tenantId: string): () => void {
    const stops = deps.bridges.map((bridge) =>
      bridge.onEvent((event) => {
        heardBridge(deps, tenantId, bridge, event).catch((error: unknown) => {
          // The next event, or the resync after the next reconnect, counts again.
          deps.log.warn({ instance: bridge.instance, event: event.type, err: String(error) }, 'a bridge event could not be put to work');
        });
      }),
    );
    return () => stops.forEach((stop) => stop());
  }

  return {
    handlers: createHandlers(deps, tickets),
    roomHandlers: createRoomHandlers(deps),
    outright: outrightHandlers(deps),
    reissue: reissueHandlers(deps),
    pages: [...createPages(deps), ...outrightPages(deps)],
    workHandlers: workHandlers(deps),
    checkSettings: (tenantId, values) => checkSettings(deps, tenantId, values),
    verifyTicket: (value) => tickets.verify(value),
    admission: (tenantId) => createAdmission(deps, tenantId),
    snapshot,
    listen,
    async resume(tenantId) {
      const [{ db }, now] = [deps.store, deps.clock.now()];
      await putWork(db, { tenantId, kind: 'conference.people', key: 'keyword', dueAt: now });
      await bringForward(db, { tenantId, kind: 'conference.reread', now, periodMs: deps.policy.rereadMs });
    },
  };
}

/** One handler per kind of work. All look at the present: what a row says is only where to look. */
function workHandlers(deps: ConferenceDeps): WorkHandlers {
  return {
    'conference.event': ({ tenantId, key }) => bringEvent(deps, tenantId, key),
    'conference.mail': ({ tenantId, key }) => sendMail(deps, tenantId, key),
    'conference.bridge': ({ tenantId, key }) => bringBridge(deps, tenantId, key),
    'conference.members': ({ tenantId, key }) => countMembers(deps, tenantId, key),
    'bridge.resync': ({ tenantId, key }) => resync(deps, tenantId, key),
    'room.over': ({ tenantId, key }) => roomIsOver(deps, tenantId, key),
    'room.command': ({ tenantId, key }) => performCommand(deps, tenantId, key),
    'conference.time': ({ tenantId, key }) => timeHasCome(deps, tenantId, key),
    'conference.confirm': ({ tenantId, key }) => confirm(deps, tenantId, key),
    'conference.copy': ({ tenantId, key }) => settleCopy(deps, tenantId, key),
    'conference.people': ({ tenantId }) => watchPeople(deps, tenantId),
    'conference.standing': ({ tenantId, key }) => lookForStanding(deps, tenantId, key),
    'reissue.run': ({ tenantId, key }) => advance(deps, tenantId, key),
    'reissue.forget': ({ tenantId, key }) => forget(deps, tenantId, key),
    'conference.reread': ({ tenantId, key }) => reread(deps, tenantId, key),
  };
}
