import assert from 'node:assert/strict';
import type { Exchanged } from '../../lab/graph/index.ts';
import { createCalendars } from '../../server/calendars/index.ts';
import { calendarListeners, reasons } from '../../server/features/availability/calendar/heard.ts';
import type { AvailabilityDeps } from '../../server/features/availability/deps.ts';
import { silent } from '../../server/ports/log.ts';
import { putWork } from '../../server/store/work.ts';
import { inTenant } from '../support/conference-steps.ts';
import { testStore } from '../support/database.ts';
import { ada, bob } from '../support/lab-mail.ts';
import { workUntilQuiet } from '../support/work.ts';
import { startGraphLab } from './graph-calendar.ts';

const hour = 3_600_000;
const tenantId = 'default';
/** What people write, and whom they meet. */
const words = ['Takeover of Contoso', 'Room of secrets', 'Agenda of secrets', 'Red secret', bob];

/** P13 by recorded requests: with times only, nothing that anybody wrote is asked for, told to us, or kept. */
describe('a calendar of which times only are wanted', () => {
  it('never fetches a subject, a place, a text, a category or a person: at first, by notices, by rounds', async function () {
    this.timeout(30_000);
    const world = await startGraphLab();
    const { lab, graph, marked } = world;
    const { store, close } = await testStore();
    const exchanged: Exchanged[] = [];
    const stopListening = lab.graph.onExchanged((each) => void exchanged.push(each));
    try {
      await inTenant(store);
      const write = (hours: number, more: object = {}): void => void lab.exchange.send(ada, {
        subject: words[0] ?? '', start: lab.clock.now() + hours * hour, end: lab.clock.now() + (hours + 1) * hour, zone: 'Europe/Berlin', body: { type: 'html', content: `<p>${words[2]}</p>` },
        locations: [{ name: words[1] ?? '' }], categories: [words[3] ?? ''], attendees: [{ address: bob }], ...more,
      });
      const calendars = createCalendars({ clock: lab.clock, log: silent, store, sources: [graph.calendarSource], gatherMs: 1_000, sweepMs: 6 * hour, effect: (_name, run) => run() });
      const mailbox = (await graph.calendarSource.findMailbox(ada)) ?? assert.fail('no mailbox');
      const deps = {
        clock: lab.clock, store, calendars, effect: (_name: string, run: () => Promise<unknown>) => run(),
        people: { ownerOfMailbox: async () => 'ada', linesOf: async () => [{ pbx: 'pbx', context: 'default', extension: '201', devices: [] }] }, crowd: { mailboxes: async () => new Map([['ada', mailbox]]) },
        policyOf: async () => ({ calendarDetail: 'times', followsCalendar: true }),
      } as unknown as AvailabilityDeps;
      for (const listener of calendarListeners(deps)) calendars.listen(listener);
      const work = async (): Promise<void> => {
        lab.clock.advance(2_000);
        while (lab.graph.pendingNotifications() > 0) await new Promise(setImmediate);
        await putWork(store.db, ...marked.splice(0).map((key) => ({ tenantId, ...key, dueAt: lab.clock.now() })));
        await workUntilQuiet(store, lab.clock, calendars.workHandlers);
      };

      write(1);
      await store.transaction((tx) => calendars.watch(tx, tenantId, mailbox, reasons.times));
      await work();
      write(3, { recurrence: { pattern: { type: 'daily', interval: 1 }, range: { type: 'numbered', startDate: new Date(lab.clock.now()).toISOString().slice(0, 10), numberOfOccurrences: 3 } } });
      await work();
      await work();
      lab.clock.advance(7 * hour);
      await work();

      const kept = await store.db.selectFrom('availability_event').selectAll().execute();
      assert.equal(kept.length, 4);
      const reads = exchanged.filter(({ path }) => path.includes('calendarView'));
      assert.ok(reads.length >= 3, String(reads.length));
      for (const { path } of exchanged) assert.doesNotMatch(decodeURIComponent(path), /subject|body|attendees|location|categories|organizer\b|\/events\/[^?]/);
      const all = JSON.stringify([exchanged.map(({ requestBody, replyBody }) => [requestBody, replyBody]), kept]);
      for (const word of words) assert.ok(!all.includes(word), word);
    } finally {
      stopListening();
      await close();
      await world.stop();
    }
  });
});
