import type { TemplateContent, TemplateFinding, TemplatePart } from '../../../contract/conference/template.ts';
import { lintFragment, lintLogo, type FragmentFinding } from '../../../invitation/index.ts';
import { UserError } from '../../domain/errors.ts';
import { fragmentWords } from '../../../words/fragment.ts';

/** Everything in a template that would not arrive as it was written. */
export function lintContent({ logo, legal }: TemplateContent): TemplateFinding[] {
  const of = (part: TemplatePart, language: string | null) => (finding: FragmentFinding): TemplateFinding => ({ part, language, ...finding });
  const inLogo = logo === null || logo === 'off' ? [] : lintLogo(logo).map(of('logo', null));
  return [...inLogo, ...Object.entries(legal ?? {}).flatMap(([language, text]) => lintFragment(text).map(of('legal', language)))];
}

/** @throws UserError 422 for the first thing that would not arrive. */
export function needClean(content: TemplateContent, language: string): void {
  const [first] = lintContent(content);
  if (first === undefined) return;
  const { lead, remedy } = fragmentWords(language)[first.code as FragmentFinding['code']];
  const field = first.language === null ? `content.${first.part}` : `content.${first.part}.${first.language}`;
  throw new UserError(422, { code: 'template-would-not-arrive', field, message: lead(first.what), remedy });
}
