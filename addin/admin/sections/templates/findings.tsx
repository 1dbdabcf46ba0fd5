import type { TemplateFinding, TemplatePart } from '../../../../contract/conference/template.ts';
import { fragmentWords } from '../../../../words/fragment.ts';
import { useSurroundings } from '../../surroundings.tsx';

/** What would not arrive as it was written, beside the field where it stands, each with its remedy. `of`: the language of a legal text. */
export function Findings({ findings, part, of = null }: { findings: readonly TemplateFinding[]; part: TemplatePart; of?: string | null }) {
  const { language } = useSurroundings();
  const words = new Map(Object.entries(fragmentWords(language)));
  const here = findings.filter((finding) => finding.part === part && finding.language === of);
  if (here.length === 0) return null;
  return (
    <ul className="findings">
      {here.map(({ code, what, start }) => {
        // A newer server may know more reasons; its code is better than nothing.
        const said = words.get(code);
        return (
          <li key={`${code} ${start} ${what}`}>
            <b>{said === undefined ? code : said.lead(what)}</b> {said?.remedy}
          </li>
        );
      })}
    </ul>
  );
}
