import type { TemplateContent, TemplatePart } from '../../../contract/conference/template.ts';
import type { Dress } from '../../../invitation/index.ts';

/** A template's say, without who saved it and when. */
export interface Saying {
  content: TemplateContent;
  locked: readonly TemplatePart[];
}

export const silent: TemplateContent = { languages: null, logo: null, legal: null, hide: null };

/** What holds in the end: what the organisation has locked, else what the template says, else the organisation's. */
export function dressOf(organisation: Saying, template: TemplateContent | null): Dress {
  function part<Part extends TemplatePart>(name: Part): TemplateContent[Part] {
    const own = template === null || organisation.locked.includes(name) ? null : template[name];
    return own ?? organisation.content[name];
  }
  const logo = part('logo');
  return {
    languages: part('languages') ?? [],
    languagesLocked: organisation.locked.includes('languages'),
    logo: logo === null || logo === 'off' ? undefined : logo,
    legal: part('legal') ?? {},
    hide: part('hide') ?? [],
  };
}
