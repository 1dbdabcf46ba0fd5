import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { launchBrowser } from '../support/browser.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** A page of buttons: each look in each size, with and without an icon, usable and not, as a button and as a link. */
const page = (button: string, styles: string): string => `
import { createElement as h } from 'react';
import { createRoot } from 'react-dom/client';
import { FluentProvider, webDarkTheme, webLightTheme } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons/svg/add';
import { Button } from '${button}';
import './addin/taskpane/styles/pane.css';
import './addin/taskpane/styles/contrast.css';
${styles}
const kinds = ['primary', 'secondary', 'subtle', 'transparent'].flatMap((appearance) => ['medium', 'small'].flatMap((size) => [undefined, h(AddRegular)].flatMap((icon) =>
  [{}, { disabled: true }, { disabledFocusable: true }, { as: 'a', href: '#x' }].map((more) => ({ appearance, size, ...more, icon })))));
const name = ({ icon, ...rest }) => Object.entries({ ...rest, icon: icon !== undefined }).join(' ');
const isDark = location.hash === '#dark';
createRoot(document.body).render(h(FluentProvider, { theme: isDark ? webDarkTheme : webLightTheme, style: { colorScheme: isDark ? 'dark' : 'light' } },
  h('main', { className: 'pane' }, kinds.map((kind) => h(Button, { key: name(kind), title: name(kind), ...kind }, 'Add')))));
`;

/** What a person can see of a button and of its icon. */
const seen = [
  'color', 'background-color', 'border-top-color', 'border-left-color', 'border-top-width', 'border-top-style', 'border-top-left-radius', 'padding-top', 'padding-left', 'min-width', 'width', 'height', 'margin-left', 'margin-right',
  'font-family', 'font-size', 'font-weight', 'line-height', 'box-shadow', 'outline-style', 'outline-width', 'cursor', 'text-decoration-line', 'display', 'vertical-align', 'overflow-x', 'forced-color-adjust', 'transition-property', 'z-index',
];

/** What the pointer and the keyboard make of a button. Fluent marks the focus that is to be seen by an attribute. */
const states = { 'at rest': [], 'under the pointer': ['hover'], pressed: ['hover', 'active'], focused: ['focus', 'focus-visible'] };

/** Looks of each kind of button, by its name: "property: value", those of the icon too. */
async function looksOf(opened: Page): Promise<Map<string, string[]>> {
  return new Map(await opened.evaluate((names) => [...document.querySelectorAll<HTMLElement>('.pane > *')].map((button): [string, string[]] => [
    button.title,
    [button, ...button.querySelectorAll('.fui-Button__icon')].flatMap((part) => names.map((name) => `${part === button ? '' : 'icon '}${name}: ${getComputedStyle(part).getPropertyValue(name)}`)),
  ]), seen));
}

/** Has the browser draw all buttons as if they were in a state. */
async function bring(opened: Page, session: CDPSession, forced: readonly string[]): Promise<void> {
  await opened.evaluate((isFocused) => {
    for (const button of document.querySelectorAll('.pane > *')) button.toggleAttribute('data-fui-focus-visible', isFocused);
  }, forced.includes('focus'));
  const { root: { nodeId } } = await session.send('DOM.getDocument');
  const { nodeIds } = await session.send('DOM.querySelectorAll', { nodeId, selector: '.pane > *' });
  await Promise.all(nodeIds.map((id) => session.send('CSS.forcePseudoState', { nodeId: id, forcedPseudoClasses: [...forced] })));
}

describe('story: the pane’s buttons are Fluent’s', () => {
  let browser: Browser;
  let fluents: Record<'js' | 'css', string>;
  let ours: Record<'js' | 'css', string>;

  async function bundle(contents: string): Promise<Record<'js' | 'css', string>> {
    const { outputFiles } = await build({ stdin: { contents, resolveDir: root, loader: 'tsx' }, outdir: 'out', bundle: true, write: false, jsx: 'automatic', define: { 'process.env.NODE_ENV': '"production"' }, logLevel: 'silent' });
    const text = (ending: string): string => outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? '';
    return { js: text('.js'), css: text('.css') };
  }

  before(async () => {
    [browser, fluents, ours] = await Promise.all([launchBrowser(), bundle(page('@fluentui/react-components', '')), bundle(page('./addin/taskpane/parts/button.tsx', 'import \'./addin/taskpane/styles/button.css\';'))]);
  });
  after(() => browser?.close());

  async function open({ js, css }: Record<'js' | 'css', string>, theme: 'light' | 'dark' | 'contrast'): Promise<[Page, CDPSession]> {
    const opened = await browser.newPage({ colorScheme: theme === 'light' ? 'light' : 'dark', forcedColors: theme === 'contrast' ? 'active' : 'none', reducedMotion: 'reduce' });
    await opened.route('**/*', (route) => route.fulfill({ contentType: 'text/html', body: `<!doctype html><html><head><style>${css}</style></head><body></body></html>` }));
    await opened.goto(`https://tieline.example/#${theme === 'light' ? 'light' : 'dark'}`);
    await opened.addScriptTag({ content: js });
    await opened.waitForSelector('.pane > *');
    const session = await opened.context().newCDPSession(opened);
    await session.send('DOM.enable');
    await session.send('CSS.enable');
    return [opened, session];
  }

  for (const theme of ['light', 'dark', 'contrast'] as const) {
    it(`at rest, under the pointer, pressed and focused, ${theme}`, async () => {
      const [theirPage, ourPage] = await Promise.all([open(fluents, theme), open(ours, theme)]);
      for (const [state, forced] of Object.entries(states)) {
        await Promise.all([bring(...theirPage, forced), bring(...ourPage, forced)]);
        const [expected, actual] = await Promise.all([looksOf(theirPage[0]), looksOf(ourPage[0])]);
        assert.equal(expected.size, 64);
        const differences = [...expected].flatMap(([kind, looks]) => looks.flatMap((look, at) => (look === actual.get(kind)?.[at] ? [] : [`${kind}, ${state}: Fluent has ${look}, ours ${actual.get(kind)?.[at]}`])));
        assert.deepEqual(differences, []);
      }
      await Promise.all([theirPage[0].close(), ourPage[0].close()]);
    });
  }
});
