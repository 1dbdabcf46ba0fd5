import type { Deed } from './recorded-day.ts';

/** A peer's rule, replayed on a recorded day. */
export interface Peer {
  name: string;
  short: string;
  person(deeds: readonly Deed[], from: number, to: number): { requests: number; told: { at: number; isBusy: boolean }[] };
}

/**
 * Polls every `everyMs`. With `aheadMs` somebody is busy from the poll at which a meeting lies within the next `aheadMs` until the poll at which it is over
 * (mattermost-plugin-mscalendar 920deed, calendar/engine/availability.go: every 5 minutes, the next 10). With 0 the polled meetings begin and end by local timers, and
 * each poll costs one request and one more per event (Asterisk res_calendar_ews, update_ewscal; sample refresh of 15 minutes).
 */
export function pollingPeer(name: string, everyMs: number, aheadMs: number): Peer {
  return {
    name,
    short: aheadMs > 0 ? 'mscalendar' : 'res_calendar_ews',
    person(deeds, from, to) {
      const told: { at: number; isBusy: boolean }[] = [];
      const say = (at: number, isBusy: boolean): void => {
        if ((told.at(-1)?.isBusy ?? false) !== isBusy) told.push({ at, isBusy });
      };
      let requests = 0;
      for (let poll = from; poll < to; poll += everyMs) {
        const standing = new Map<string, Deed>();
        for (const deed of deeds) {
          if (deed.at > poll) break;
          if (deed.kind === 'cancel') standing.delete(deed.meeting);
          else standing.set(deed.meeting, deed);
        }
        const meetings = [...standing.values()];
        if (aheadMs > 0) {
          requests += 1;
          say(poll, meetings.some(({ startsAt, endsAt }) => startsAt < poll + aheadMs && endsAt > poll));
          continue;
        }
        requests += 1 + meetings.filter(({ startsAt, endsAt }) => startsAt < poll + 60 * 60_000 && endsAt > poll).length;
        const until = Math.min(poll + everyMs, to);
        const edges = [poll, ...meetings.flatMap(({ startsAt, endsAt }) => [startsAt, endsAt])].filter((edge) => edge >= poll && edge < until).toSorted((a, b) => a - b);
        for (const edge of edges) say(edge, meetings.some(({ startsAt, endsAt }) => startsAt <= edge && edge < endsAt));
      }
      return { requests, told };
    },
  };
}
