import { isCode, type SourceFile, type Violation } from './source-tree.ts';
import { tokenize } from './tokens.ts';

/** What brings none of Fluent's styles along: hooks of state and renderers. */
const bare = /^(?:use|render)\w+(?<!Styles)_unstable$/;

/**
 * The pane draws Fluent's button itself and carries its theme itself (CONTRIBUTING.md, decisions 60 and 73): a component that draws itself would come
 * with Fluent's engine for styles, 5 KB and more, and find no provider.
 */
export function findFluentStyled(files: readonly SourceFile[]): Violation[] {
  const found: Violation[] = [];
  for (const file of files) {
    if (!isCode(file) || !file.path.startsWith('addin/taskpane/')) continue;
    const tokens = tokenize(file.text);
    for (const [index, { kind, text }] of tokens.entries()) {
      if (kind !== 'string' || !text.startsWith('@fluentui/react-') || text.startsWith('@fluentui/react-icons/') || tokens[index - 1]?.text !== 'from') continue;
      const start = tokens.findLastIndex((token, at) => at < index && (token.text === 'import' || token.text === 'export'));
      if (tokens[start + 1]?.text === 'type') continue;
      for (const [place, name] of tokens.slice(start + 1, index - 1).entries()) {
        const before = tokens[start + place]?.text;
        if (name.kind === 'name' && !['as', 'type'].includes(name.text) && before !== 'as' && before !== 'type' && !bare.test(name.text)) {
          found.push({ path: file.path, line: name.line, message: `takes ${name.text} from Fluent, which draws itself: the pane has parts/button.tsx and theme.ts` });
        }
      }
    }
  }
  return found;
}
