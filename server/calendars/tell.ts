import type { CalendarsDeps } from './deps.ts';
import { withoutTexts, type CalendarListener, type CalendarNews } from './listener.ts';

/** Tells every listener, even when one of them fails; then the first failure is thrown, so that the reading is told again. */
export async function tell(deps: CalendarsDeps, listeners: readonly CalendarListener[], news: CalendarNews): Promise<void> {
  const failures: unknown[] = [];
  for (const listener of listeners) {
    // An event without its texts would look to the others as if somebody had taken them out.
    if (news.told === 'times' && listener.reach !== 'times') continue;
    try {
      await listener.heard(listener.texts === 'all' ? news : { ...news, events: news.events.map(withoutTexts) });
    } catch (error) {
      deps.log.warn({ listener: listener.reason, instance: news.mailbox.instance, mailbox: news.mailbox.id, err: String(error) }, 'news of a calendar could not be brought home');
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}
