import type { PersonTimeline } from '../../../../contract/availability/admin.ts';
import { ruleWords } from '../../../../words/admin-rules.ts';

/** Which mailbox and lines are somebody's, whether the calendar can be read and is switched on, and who or what said so. */
export function Links({ links: { mailbox, calendar, lines, followsCalendar }, language, when }: { links: NonNullable<PersonTimeline['links']>; language: string; when: (at: string) => string }) {
  const words = ruleWords(language).timeline.links;
  const by = (source: string): string => words.sources[source] ?? source;
  const { isOn, scope, name } = followsCalendar;
  const told = [
    ...(mailbox === null ? [] : [words.mailbox(mailbox.address, by(mailbox.source))]),
    ...(calendar?.readAt ? [words.read(when(calendar.readAt))] : []),
    ...(calendar?.troubledSince ? [words.unread(when(calendar.troubledSince), calendar.trouble ?? '')] : []),
    ...lines.map(({ extension, source, drives }) => (drives ? words.line(extension, by(source)) : words.idle(extension))),
    (isOn ? words.on : words.off)(name ?? by(scope)),
  ];
  return (
    <section className="card" aria-label={words.title}>
      <h2>{words.title}</h2>
      <ul className="findings">
        {told.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </section>
  );
}
