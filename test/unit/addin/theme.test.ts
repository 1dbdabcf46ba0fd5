import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { webDarkTheme, webLightTheme } from '@fluentui/react-components';
import { darkTheme, lightTheme } from '../../../addin/taskpane/theme.ts';

const pane = fileURLToPath(new URL('../../../addin/taskpane/', import.meta.url));
const requireHere = createRequire(import.meta.url);

/** Tokens that our styles and the components that we use ask for. */
function usedTokens(): Set<string> {
  const css = readdirSync(pane, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.css')).map((file) => readFileSync(join(pane, file), 'utf8'));
  const provider = dirname(requireHere.resolve('@fluentui/react-provider/package.json'));
  const rules = readFileSync(join(provider, 'lib/components/FluentProvider/useFluentProviderStyles.styles.js'), 'utf8');
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
    it(`carries no token that nobody uses, ${name}`, () => {
      const used = usedTokens();
      assert.deepEqual(Object.keys(ours).filter((token) => !used.has(token)), []);
    });
  }
});
