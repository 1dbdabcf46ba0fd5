import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { webDarkTheme, webLightTheme } from '@fluentui/react-components';
import { darkStyle, darkTheme, lightStyle, lightTheme } from '../../../addin/taskpane/theme.ts';

const pane = fileURLToPath(new URL('../../../addin/taskpane/', import.meta.url));

/** Tokens that our styles ask for. */
function usedTokens(): Set<string> {
  const css = readdirSync(pane, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.css')).map((file) => readFileSync(join(pane, file), 'utf8'));
  return new Set(css.flatMap((text) => [...text.matchAll(/var\(--([a-zA-Z0-9]+)\)/g)].map((match) => String(match[1]))));
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
  it('reaches the styles as properties of the pane, with the browser’s own parts in the same light', () => {
    assert.deepEqual(lightStyle, { colorScheme: 'light', ...Object.fromEntries(Object.entries(lightTheme).map(([token, value]) => [`--${token}`, value])) });
    assert.deepEqual(darkStyle, { colorScheme: 'dark', ...Object.fromEntries(Object.entries(darkTheme).map(([token, value]) => [`--${token}`, value])) });
  });
});
