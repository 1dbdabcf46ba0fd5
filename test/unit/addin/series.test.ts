import assert from 'node:assert/strict';
import { troubleOf } from '../../../addin/invite/trouble.ts';
import { OtherDay, repeatInOwnZone, zoneForSeries } from '../../../addin/office/series.ts';
import { installOffice, makeOffice } from './office-double.ts';
import type { OfficeDouble } from './office-double.ts';

describe('a series gets the zone of its organizer', () => {
  let office: OfficeDouble;
  let remove: () => void;
  let times: number[][];

  function open(firstDay: string): void {
    times = [];
    const seriesTime = { getStartDate: () => firstDay, setStartTime: (...time: number[]) => times.push(time) };
    office = makeOffice({ recurrence: { recurrenceType: 'weekly', recurrenceTimeZone: { name: 'UTC', offset: 0 }, seriesTime } });
    remove = installOffice(office);
  }

  function setZone(zone: unknown): void {
    const { mailbox }: { mailbox: { userProfile: object } } = Reflect.get(office.office, 'context');
    Object.assign(mailbox.userProfile, { timeZone: zone });
  }

  afterEach(() => remove());

  it('at the hour that the first meeting has there: 10:00 UTC is 11:00 in Berlin', async () => {
    open('2026-11-21');
    await repeatInOwnZone();
    assert.deepEqual(times, [[11, 0]]);
    assert.deepEqual(Reflect.get(office.series[0] ?? {}, 'recurrenceTimeZone'), { name: 'W. Europe Standard Time', offset: 60 });
  });

  it('one that begins on another day there is left alone, with words about what to do', async () => {
    open('2026-11-21');
    office.startsAt = new Date('2026-11-21T23:30:00Z');
    const fault: unknown = await repeatInOwnZone().catch((cause: unknown) => cause);
    assert.ok(fault instanceof OtherDay);
    const trouble = troubleOf(fault);
    assert.match(trouble.kind === 'refused' ? trouble.detail : '', /Choose the time zone in Outlook/);
    assert.deepEqual([office.series, times], [[], []]);
  });

  it('a zone of no place, or one that Outlook calls by another name, is not offered', () => {
    open('2026-11-21');
    assert.equal(zoneForSeries(), 'W. Europe Standard Time');
    for (const zone of ['UTC', 'UTC-02', 'Europe/Berlin', '', undefined, 'Coordinated Universal Time']) {
      setZone(zone);
      assert.equal(zoneForSeries(), undefined, String(zone));
    }
    setZone('GMT Standard Time');
    assert.equal(zoneForSeries(), 'GMT Standard Time');
  });
});
