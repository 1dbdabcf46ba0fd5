import { isCode, type SourceFile, type Violation } from './source-tree.ts';
import { tokenize } from './tokens.ts';

/** The pane draws Fluent's button itself (CONTRIBUTING.md, decision 60). Fluent's, once named, brings 5 KB of styles along. */
const drawn = new Set(['Button', 'CompoundButton', 'MenuButton', 'SplitButton', 'ToggleButton']);

/** Names of Fluent's buttons in clauses `{ … } from '@fluentui/…'` of the pane, types apart. */
export function findFluentButtons(files: readonly SourceFile[]): Violation[] {
  const found: Violation[] = [];
  for (const file of files) {
    if (!isCode(file) || !file.path.startsWith('addin/taskpane/')) continue;
    const tokens = tokenize(file.text);
    for (const [index, { kind, text }] of tokens.entries()) {
      if (kind !== 'string' || !text.startsWith('@fluentui/') || tokens[index - 1]?.text !== 'from') continue;
      const start = tokens.findLastIndex((token, at) => at < index && (token.text === 'import' || token.text === 'export'));
      for (const name of tokens.slice(start, index)) {
        if (name.kind === 'name' && drawn.has(name.text)) found.push({ path: file.path, line: name.line, message: `takes ${name.text} from Fluent: the pane's own is in addin/taskpane/parts/button.tsx` });
      }
    }
  }
  return found;
}
