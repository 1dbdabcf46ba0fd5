import { DateTime } from 'luxon';
import { createGraph, graphConfig } from '../../server/connectors/graph/index.ts';
import type { GraphConfigInput, GraphConnector } from '../../server/connectors/graph/index.ts';
import type { Door } from '../../server/ports/door.ts';
import { silent } from '../../server/ports/log.ts';
import type { Log } from '../../server/ports/log.ts';
import type { WakeKey } from '../../server/ports/wake.ts';
import { mounted } from '../support/mounted-doors.ts';
import { ada, clientId, clientSecret, startLabMail, tenantId } from '../support/lab-mail.ts';
import type { LabMail } from '../support/lab-mail.ts';
import type { CalendarWorld } from './calendar-source.ts';

/** The Graph connector over the stand-ins of Entra, Exchange and Graph, and over real doors. */
export interface GraphLab { lab: LabMail; graph: GraphConnector; marked: WakeKey[]; logged: string[]; /** The connector as a fresh start makes it, over the same stand-ins; whoever asks for it stops it. */ restarted: () => GraphConnector; stop: () => Promise<void> }

export const joinBase = 'https://tieline.test/j';

export async function startGraphLab({ more = {}, config = {} }: { more?: Parameters<typeof startLabMail>[0]; config?: Partial<GraphConfigInput> } = {}): Promise<GraphLab> {
  const lab = await startLabMail(more);
  const marked: WakeKey[] = [];
  const logged: string[] = [];
  let doors: readonly Door[] = [];
  const hooks = await lab.listen(mounted(() => doors));
  const log: Log = { ...silent, info: (_fields, message) => void logged.push(message), warn: (_fields, message) => void logged.push(message), child: () => log };
  const make = (): GraphConnector => createGraph({
    config: graphConfig.parse({ type: 'graph', instance: 'm365', tenantId, clientId, clientSecretEnv: 'SECRET', baseUrl: lab.origin, authority: lab.origin, joinBase, ...config }),
    clock: lab.clock, log, publicUrl: hooks.origin, keyword: '@conf', ca: lab.certificate.cert, env: { SECRET: clientSecret }, random: () => 0,
    wake: { mark: async (keys) => void marked.push(...keys) },
  });
  const graph = make();
  doors = graph.doors;
  return {
    lab, graph, marked, logged, restarted: make,
    async stop() {
      await graph.stop();
      await lab.close();
    },
  };
}

/** The same, with a person who does things. */
export async function graphCalendarWorld(): Promise<CalendarWorld> {
  const { lab, graph, marked, stop } = await startGraphLab();
  return {
    source: graph.calendarSource,
    address: ada,
    joinBase,
    async write({ subject, startsAt, endsAt, timeZone, html, location, attendee, isAllDay = false, isPrivate = false, showAs = 'busy', categories = [], days, isBesides = false }) {
      const startDate = DateTime.fromMillis(startsAt, { zone: timeZone }).toISODate() ?? '';
      const calendarId = isBesides ? (lab.exchange.calendars(ada).find(({ isDefault }) => !isDefault) ?? lab.exchange.addCalendar(ada, 'Project')).id : undefined;
      const { id } = lab.exchange.send(ada, {
        ...(calendarId === undefined ? {} : { calendarId }),
        subject, start: startsAt, end: endsAt, zone: timeZone, isAllDay, sensitivity: isPrivate ? 'private' : 'normal', showAs, categories, body: { type: 'html', content: html },
        locations: location === undefined ? [] : [{ name: location }], attendees: attendee === undefined ? [] : [{ address: attendee }],
        ...(days === undefined ? {} : { recurrence: { pattern: { type: 'daily', interval: 1 }, range: { type: 'numbered', startDate, numberOfOccurrences: days } } }),
      });
      return id;
    },
    async change(id, { subject, html, startsAt, endsAt }) {
      lab.exchange.update(ada, id, {
        ...(subject === undefined ? {} : { subject }), ...(html === undefined ? {} : { body: { type: 'html', content: html } }),
        ...(startsAt === undefined ? {} : { start: startsAt }), ...(endsAt === undefined ? {} : { end: endsAt }),
      });
    },
    makeRigid: async (id) => void lab.exchange.saveItem(ada, { id, properties: { 'Integer 0x1016': '2' } }),
    mailed: () => lab.exchange.mails.length,
    remove: async (id) => lab.exchange.cancel(ada, id),
    forget: async () => lab.graph.expireDeltaTokens(),
    async cut() {
      lab.graph.faults.status(503);
      return async () => lab.graph.faults.mend();
    },
    loseSubscriptions: async () => lab.graph.removeSubscriptions(),
    async told() {
      // Graph gathers for a moment of its clock; the posts themselves take real time.
      lab.clock.advance(200);
      while (lab.graph.pendingNotifications() > 0) await new Promise(setImmediate);
      return marked.splice(0);
    },
    stop,
  };
}
