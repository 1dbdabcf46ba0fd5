import type { SettingsView } from '../../../../contract/account/settings.ts';
import type { ChoiceWords } from '../../../../words/choices/en.ts';

/** Who says what a setting is: "Set by your organisation", "Fixed for Sales". */
export function sourceText({ from, locked }: Pick<SettingsView, 'from' | 'locked'>, key: string, words: ChoiceWords['choose']): string {
  const lock = locked[key];
  if (lock !== undefined) return lock.scope === 'group' ? words.locked.group(lock.name ?? '') : words.locked.organisation;
  const source = from[key];
  if (source === undefined) return '';
  // A newer server may know scopes that this pane does not.
  const texts: Partial<Record<string, string | ((name: string) => string)>> = words.from;
  const text = texts[source.scope];
  return typeof text === 'function' ? text(source.name ?? '') : (text ?? '');
}

/** True when a person may not change it. */
export function isLocked({ locked }: Pick<SettingsView, 'locked'>, key: string): boolean {
  return locked[key] !== undefined;
}
