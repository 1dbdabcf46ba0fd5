import type { ConferenceView } from '../../../../contract/conference/conference.ts';
import type { ChoiceWords } from '../../../../words/choices/en.ts';

/** "You host · Jonas Weber presents": who has a part, in one line. */
export function rolesLine({ host, roles }: Pick<ConferenceView, 'host' | 'roles'>, own: string, words: ChoiceWords, language: string): string {
  const isOwn = host.address.toLowerCase() === own.toLowerCase();
  const list = new Intl.ListFormat(language);
  const named = (role: 'host' | 'presenter'): string[] => roles.filter((each) => each.role === role).map(({ name }) => name);
  const hosts = named('host');
  const presenters = named('presenter');
  const who = isOwn ? words.youHost : words.hostIs(host.name);
  const also = hosts.length === 0 ? [] : [list.format(hosts.map((name) => words.hostIs(name)))];
  return [who, ...also, ...(presenters.length === 0 ? [] : [words.presents(list.format(presenters))])].join(' · ');
}
