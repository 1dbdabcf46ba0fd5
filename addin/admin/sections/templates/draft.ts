import type { TemplateContent, TemplatePart, TemplateView } from '../../../../contract/conference/template.ts';

/** As contract/conference/template.ts has it, which brings the schema library with it. */
export const organisationTemplateId = 'organisation';

/** A template while it is edited. */
export interface Draft {
  id: string;
  /** The version that it began from; goes back when it is saved. */
  version: number;
  name: string;
  content: TemplateContent;
  locked: readonly TemplatePart[];
}

export function draftOf({ id, version, name, content, locked }: TemplateView): Draft {
  return { id, version, name, content, locked };
}

/** True when something would be lost by leaving. */
export function differs(draft: Draft, template: TemplateView): boolean {
  return JSON.stringify([draft.name, draft.content, draft.locked]) !== JSON.stringify([template.name, template.content, template.locked]);
}

/** What a part says when it stops being inherited. */
export const spoken: { [Part in TemplatePart]: NonNullable<TemplateContent[Part]> } = { languages: [], logo: 'off', legal: {}, hide: [] };

/** A list with or without an entry, in a fixed order. */
export function toggled<T>(list: readonly T[], entry: T, isIn: boolean, order: readonly T[]): T[] {
  return order.filter((each) => (each === entry ? isIn : list.includes(each)));
}
