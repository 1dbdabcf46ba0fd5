import type { TemplateFinding } from '../../../../contract/template.ts';
import { fragmentWords } from '../../../../words/fragment.ts';
import { useSurroundings } from '../../surroundings.tsx';

/** What would not arrive as it was written, each with its remedy. */
export function Findings({ findings }: { findings: readonly TemplateFinding[] }) {
  const { language } = useSurroundings();
  const words = new Map(Object.entries(fragmentWords(language)));
  return (
    <ul className="findings">
      {findings.map(({ code, what, start, language: of }) => {
        // A newer server may know more reasons; its code is better than nothing.
        const said = words.get(code);
        return (
          <li key={`${code} ${of} ${start} ${what}`}>
            <b>{said === undefined ? code : said.lead(what)}</b> {said?.remedy}
          </li>
        );
      })}
    </ul>
  );
}
