import { isCode, type SourceFile, type Violation } from './source-tree.ts';
import { tokenize } from './tokens.ts';

/** addin/office/ turns the host's callbacks and globals into promises and events; everybody else in the add-in asks it. Types count too. */
export function findOfficeOutside(files: readonly SourceFile[]): Violation[] {
  const found: Violation[] = [];
  for (const file of files) {
    if (!isCode(file) || !file.path.startsWith('addin/') || file.path.startsWith('addin/office/')) continue;
    for (const token of tokenize(file.text)) {
      if (token.kind === 'name' && (token.text === 'Office' || token.text === 'OfficeRuntime')) {
        found.push({ path: file.path, line: token.line, message: `names ${token.text}: only addin/office/ does` });
      }
    }
  }
  return found;
}
