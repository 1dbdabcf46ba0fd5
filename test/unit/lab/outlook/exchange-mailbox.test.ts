import assert from 'node:assert/strict';
import { createLabClock } from '../../../../lab/clock.ts';
import type { Exchange } from '../../../../lab/exchange/index.ts';
import { createExchange } from '../../../../lab/exchange/index.ts';
import { exchangeMailbox } from '../../../../lab/outlook/index.ts';
import type { CalendarDraft, OutlookMailbox } from '../../../../lab/outlook/mailbox.ts';

const anna = 'anna@example.com';
const jonas = 'jonas@example.com';
const start = Date.UTC(2026, 10, 21, 9);
const hour = 3_600_000;

function draft(changes: Partial<CalendarDraft> = {}): CalendarDraft {
  return {
    id: null, subject: 'Weekly', body: { type: 'html', content: '<p>Hi</p>' }, start, end: start + hour, zone: 'Europe/Berlin', isAllDay: false, places: [{ name: 'Room' }],
    attendees: [{ name: 'Jonas', address: jonas, type: 'required', response: 'none' }], recurrence: null, sensitivity: 'normal', categories: [], properties: {}, ...changes,
  };
}

describe('the lab’s Outlook: its mailbox is the lab’s exchange', () => {
  let exchange: Exchange;
  let mailbox: OutlookMailbox;

  beforeEach(() => {
    const people = [{ name: 'Anna', address: anna, timeZone: 'Europe/Berlin' }, { name: 'Jonas', address: jonas, timeZone: 'Europe/Berlin' }];
    exchange = createExchange({ clock: createLabClock({ startAt: start, paused: true }), domain: 'example.com', people });
    mailbox = exchangeMailbox(exchange);
  });

  it('tells zones by both names', () => {
    assert.deepEqual(mailbox.people()[0], { name: 'Anna', address: anna, zone: 'Europe/Berlin', windowsZone: 'W. Europe Standard Time', isRoom: false });
  });

  it('saving mails nobody, sending mails everybody once', async () => {
    const saved = await mailbox.save(anna, draft());
    assert.deepEqual([saved.isDraft, exchange.mails.length], [true, 0]);
    const { item, mails } = await mailbox.send(anna, draft({ id: saved.id }));
    assert.deepEqual([item.id, item.isDraft, mails], [saved.id, false, 1]);
  });

  it('an answer that came in the meantime survives a form that was opened before it', async () => {
    const { item } = await mailbox.send(anna, draft());
    const [copy] = await mailbox.list(jonas, start, start + hour);
    await mailbox.respond(jonas, copy?.id ?? '', 'accepted');
    const sent = await mailbox.send(anna, draft({ id: item.id, subject: 'Weekly!' }));
    assert.equal(sent.item.attendees[0]?.response, 'accepted');
  });

  it('keeps properties of other programs', async () => {
    const { id } = exchange.saveItem(anna, { subject: 'x', start, end: start + hour, properties: { 'String {0} Name other': '1' } });
    const item = await mailbox.save(anna, draft({ id, properties: { 'cecp-a': '{}' } }));
    assert.deepEqual(item.properties, { 'cecp-a': '{}' });
    assert.equal(exchange.read(anna, id)?.properties['String {0} Name other'], '1');
  });

  it('a counted series gets the date of its last occurrence; an occurrence names its series', async () => {
    const recurrence = { pattern: { type: 'daily', interval: 2 }, range: { type: 'numbered', startDate: '2026-11-21', numberOfOccurrences: 3 } } as const;
    const series = await mailbox.save(anna, draft({ attendees: [], recurrence }));
    assert.deepEqual([series.kind, series.recurrence?.range.endDate], ['series', '2026-11-25']);
    const [, second] = await mailbox.list(anna, start, start + 7 * 24 * hour);
    assert.deepEqual([second?.kind, second?.seriesId, second?.recurrence], ['occurrence', series.id, null]);
  });

  it('an item that is gone is null', async () => {
    const { id } = await mailbox.save(anna, draft());
    await mailbox.remove(anna, id);
    assert.equal(await mailbox.read(anna, id), null);
  });

  it('shows the mails of a folder, opens one with its headers and its files, and does what a person does with it', async () => {
    exchange.mail.arrive(anna, {
      subject: 'Voicemail from Jonas', body: { type: 'html', content: '<style>p { color: red }</style><p>Jonas&nbsp;called <b>twice</b></p>' }, from: { name: 'Jonas', address: jonas },
      headers: [{ name: 'X-Key', value: 'k' }], attachments: [{ name: 'a.wav', contentType: 'audio/wav', isInline: false, content: Buffer.from('RIFF') }],
    });
    const [line] = await mailbox.mails(anna, 'inbox');
    assert.deepEqual([line?.subject, line?.preview, line?.isRead, line?.hasAttachments], ['Voicemail from Jonas', 'Jonas called twice', false, true]);
    const item = await mailbox.mail(anna, line?.id ?? '');
    assert.deepEqual([item?.headers, item?.attachments], ['X-Key: k\r\n', [{ name: 'a.wav', contentType: 'audio/wav', content: Buffer.from('RIFF').toString('base64') }]]);
    await mailbox.change(anna, line?.id ?? '', { isRead: true });
    await mailbox.change(anna, line?.id ?? '', { moveTo: 'deleteditems' });
    const [gone] = await mailbox.mails(anna, 'deleteditems');
    assert.deepEqual([await mailbox.mails(anna, 'inbox'), gone?.isRead, await mailbox.mail(anna, line?.id ?? '')], [[], true, null], 'its id went with the folder');
    await mailbox.change(anna, gone?.id ?? '', { moveTo: 'inbox' });
    assert.equal((await mailbox.mails(anna, 'inbox')).length, 1);
  });
});
