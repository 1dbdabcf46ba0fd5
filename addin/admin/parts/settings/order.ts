import type { SettingsDescription } from '../../../../contract/account/settings.ts';
import type { SettingWords } from '../../../../words/admin-settings.ts';

type Keys = SettingsDescription['keys'];

/** Settings that belong together, in the order in which they are thought of. */
const parts: Readonly<Record<string, readonly (readonly [keyof SettingWords['parts'], readonly string[]])[]>> = {
  availability: [
    ['calendar', ['followsCalendar', 'calendarDetail']],
    ['mapping', ['mapping', 'showsSubject', 'exceptionOrganizers', 'outOfOffice']],
    ['words', ['winningWords', 'losingWords']],
    ['rules', ['rules']],
    ['callers', ['greetings']],
    ['phones', ['phoneLanguage', 'phoneTimeZone', 'showsCalls', 'afterCall']],
  ],
};

/** The keys of a feature in parts with a name; what no part knows comes last and has none. */
export function inParts(feature: string, keys: Keys): readonly { name: keyof SettingWords['parts'] | undefined; keys: Keys }[] {
  const own = parts[feature] ?? [];
  const known = own.flatMap(([, names]) => names);
  const named = own.map(([name, names]) => ({ name, keys: names.flatMap((each) => keys.find(({ key }) => key === each) ?? []) }));
  return [...named, { name: undefined, keys: keys.filter(({ key }) => !known.includes(key)) }].filter((each) => each.keys.length > 0);
}
