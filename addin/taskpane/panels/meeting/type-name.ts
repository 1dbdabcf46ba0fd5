import type { OfferView } from '../../../../contract/conference/conference.ts';
import type { ChoiceWords } from '../../../../words/choices/en.ts';

type OfferedType = OfferView['types'][number];

/** A type's name; with the administrator's own name of it where two are of one kind. A kind that a newer server has is shown as it came. */
export function typeName(type: OfferedType, all: readonly OfferedType[], words: ChoiceWords): string {
  const kinds: Partial<Record<string, string>> = words.kinds;
  const name = kinds[type.kind] ?? type.kind;
  return all.filter(({ kind }) => kind === type.kind).length > 1 ? `${name} (${type.id})` : name;
}

/** Where it can be dialled. */
export function typeText({ countries }: Pick<OfferedType, 'countries'>, words: ChoiceWords, language: string): string {
  if (countries.length === 0) return words.noNumbers;
  const names = new Intl.DisplayNames([language], { type: 'region' });
  return words.numbersIn(new Intl.ListFormat(language).format(countries.map((country) => names.of(country) ?? country)));
}
