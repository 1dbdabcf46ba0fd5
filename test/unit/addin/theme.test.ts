import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { webDarkTheme, webLightTheme } from '@fluentui/react-components';
import { darkTheme, lightTheme } from '../../../addin/taskpane/theme.ts';

const styles = fileURLToPath(new URL('../../../addin/taskpane/styles/', import.meta.url));
const requireHere = createRequire(import.meta.url);

/** Tokens that our styles and the components that we use ask for. */
function usedTokens(): Set<string> {
  const css = readdirSync(styles).filter((file) => file.endsWith('.css')).map((file) => readFileSync(join(styles, file), 'utf8'));
  const button = dirname(requireHere.resolve('@fluentui/react-button/package.json'));
  const rules = readFileSync(join(button, 'lib/components/Button/useButtonStyles.styles.js'), 'utf8');
  return new Set([...css, rules].flatMap((text) => [...text.matchAll(/var\(--([a-zA-Z0-9]+)\)/g)].map((match) => String(match[1]))));
}

describe('the pane’s share of Fluent’s themes', () => {
  for (const [name, ours, fluents] of [['light', lightTheme, webLightTheme], ['dark', darkTheme, webDarkTheme]] as const) {
    it(`has Fluent's own values, ${name}`, () => {
      const theirs = new Map(Object.entries(fluents));
      for (const [token, value] of Object.entries(ours)) assert.equal(value, theirs.get(token), token);
    });
    it(`lacks no token that is used, ${name}`, () => {
      const known = new Set(Object.keys(fluents));
      const missing = [...usedTokens()].filter((token) => known.has(token) && !(token in ours));
      assert.deepEqual(missing, []);
    });
  }
});
