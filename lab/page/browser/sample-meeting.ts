import type { OpenRequest } from '../../outlook/browser/host/open-request.ts';

const quarter = 15 * 60_000;

/** The meeting that waits to be sent: it begins about eight minutes from now, so the conference's door is open as soon as it is sent (ux.md §5). */
export function sampleMeeting(now: number): OpenRequest {
  const start = Math.ceil((now + quarter / 3) / quarter) * quarter;
  return {
    mode: 'new',
    fields: {
      subject: 'Weekly logistics',
      start,
      end: start + 3 * quarter,
      places: [{ name: 'Room 4.12' }],
      attendees: [
        { name: 'Jonas Weber', address: 'jonas.weber@example.com', type: 'required', response: 'none' },
        { name: 'Maria Lindqvist', address: 'maria.lindqvist@example.com', type: 'required', response: 'none' },
        { name: 's.rossi@partner.example', address: 's.rossi@partner.example', type: 'required', response: 'none' },
      ],
      body: { type: 'html', content: '<p>Hi all, please bring the numbers for week 47. Anna</p>' },
    },
  };
}
