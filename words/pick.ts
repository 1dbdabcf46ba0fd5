/** Languages that we speak. English is the source: every other one has the same keys (the compiler and a house test see to it). */
export const languages = ['en', 'de'] as const;

export type Language = (typeof languages)[number];

/** The language of ours that fits a tag such as "de-AT"; English when none does. */
export function languageOf(tag: string): Language {
  const short = tag.slice(0, 2).toLowerCase();
  const spoken = languages.find((language) => language === short);
  // Spelled out: the send handler runs in engines without the short form.
  if (spoken === undefined) return 'en';
  return spoken;
}

/** What stands under the language that fits a tag. */
export function pick<T>(texts: Readonly<Record<Language, T>>, tag: string): T {
  return texts[languageOf(tag)];
}
