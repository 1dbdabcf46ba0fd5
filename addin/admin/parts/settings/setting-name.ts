import type { SettingWords } from '../../../../words/admin-settings.ts';

/** A setting's name on the page; one of a newer server stands for itself. */
export function settingName(words: SettingWords, feature: string, key: string): string {
  return new Map(Object.entries(words.keys)).get(`${feature}.${key}`) ?? key;
}
