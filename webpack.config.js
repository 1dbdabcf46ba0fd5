import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { parse } from 'acorn';
import CopyPlugin from 'copy-webpack-plugin';
import HtmlPlugin from 'html-webpack-plugin';
import CssPlugin from 'mini-css-extract-plugin';

/**
 * The doors out of addin/: pages, what Outlook starts by itself, the sign-in library; with what they may weigh.
 * OFFICE_JS=self lays office.js beside the pages, for networks without Microsoft's delivery network (docs/deploy-add-in.md).
 */

const root = fileURLToPath(new URL('.', import.meta.url));
const output = `${root}dist/addin`;
const selfHosted = process.env['OFFICE_JS'] === 'self';
const officeJs = selfHosted ? 'office/office.js' : 'https://appsforoffice.microsoft.com/lib/1/hosted/office.js';

/** Of Microsoft's 87 MB only what Outlook loads. */
const officeFiles = /\/(?:office|outlook-[a-z0-9]+-[\d.]+|o15apptofilemappingtable|office_strings|outlook_strings)\.js$/;

/**
 * Weights in KB, gzip level 9, of all that must arrive before a door can do its work (bench: addin-weight): its pages, its entries, and what
 * is loaded with the named chunks. `all` counts whatever can ever be loaded from there; `without`, all but the chunks of such names. Nobody loads two languages.
 */
const budgets = {
  'first panel': { limit: 110, pages: ['taskpane.html'], entries: ['taskpane'], chunks: ['compose', 'words-de'] },
  commands: { limit: 10, pages: ['commands.html'], entries: ['commands'], chunks: ['bar-de'] },
  launchevent: { limit: 10, pages: ['launchevent.html'], entries: ['launchevent'], chunks: [] },
  'administrator\'s page': { limit: 140, pages: ['admin/index.html'], entries: ['admin'], chunks: ['status'] },
  'everything with sign-in': { limit: 260, pages: ['taskpane.html', 'sign-in.html'], entries: ['taskpane', 'sign-in', 'msal'], all: true, without: /(?:^|-)en$/ },
  'everything with sign-in, in both languages': { limit: 265, pages: ['taskpane.html', 'sign-in.html'], entries: ['taskpane', 'sign-in', 'msal'], all: true },
};

/** All that can be loaded from these groups of chunks on. */
function reachable(groups, found = new Set()) {
  for (const group of groups) {
    if (found.has(group)) continue;
    found.add(group);
    reachable(group.childrenIterable, found);
  }
  return found;
}

class WeightPlugin {
  apply(compiler) {
    compiler.hooks.thisCompilation.tap('weight', (compilation) => {
      const stage = compiler.webpack.Compilation.PROCESS_ASSETS_STAGE_REPORT;
      compilation.hooks.processAssets.tap({ name: 'weight', stage }, (assets) => {
        for (const [name, { limit, pages, entries, chunks, all, without }] of Object.entries(budgets)) {
          if (!entries.every((entry) => compilation.entrypoints.has(entry))) continue;
          const doors = entries.map((entry) => compilation.entrypoints.get(entry));
          const groups = all ? [...reachable(doors)].filter((group) => without?.test(group.name ?? '') !== true) : [...doors, ...chunks.map((chunk) => compilation.namedChunkGroups.get(chunk))];
          const counted = new Set([...pages, ...groups.flatMap((group) => group.getFiles())]);
          const kilobytes = [...counted].reduce((sum, file) => sum + gzipSync(assets[file].buffer(), { level: 9 }).length / 1024, 0);
          if (kilobytes > limit) compilation.errors.push(new Error(`${name} weighs ${kilobytes.toFixed(1)} KB and may weigh ${limit} KB`));
        }
      });
    });
  }
}

/** Fails the build when what Outlook starts by itself holds syntax that its oldest engine does not know. */
class OldSyntaxPlugin {
  apply(compiler) {
    compiler.hooks.thisCompilation.tap('old syntax', (compilation) => {
      const stage = compiler.webpack.Compilation.PROCESS_ASSETS_STAGE_REPORT;
      compilation.hooks.processAssets.tap({ name: 'old syntax', stage }, (assets) => {
        for (const [file, asset] of Object.entries(assets)) {
          if (!file.endsWith('.js')) continue;
          try {
            const kinds = kindsOf(parse(asset.source().toString(), { ecmaVersion: 2015 }));
            if (kinds.has('ConditionalExpression')) throw new Error('the conditional operator');
          } catch (fault) {
            compilation.errors.push(new Error(`${file} holds what classic Outlook does not know: ${fault.message}`));
          }
        }
      });
    });
  }
}

function kindsOf(node, found = new Set()) {
  if (Array.isArray(node)) for (const child of node) kindsOf(child, found);
  else if (node !== null && typeof node === 'object') {
    if (typeof node.type === 'string') found.add(node.type);
    for (const child of Object.values(node)) kindsOf(child, found);
  }
  return found;
}

const requireHere = createRequire(import.meta.url);

/** What webviews with `:has` and `.at` know, which the pane uses anyway: Chromium 105, Safari 15.4. */
const syntax = 'es2022';

/** Three passes find a little more; nothing here that is called unsafe. */
const smallest = { javascript: { ecma: 2020, compress: { ecma: 2020, passes: 3, toplevel: true }, mangle: { toplevel: true } } };

function scripts(target) {
  return { test: /\.tsx?$/, loader: requireHere.resolve('esbuild-loader'), options: { target, jsx: 'automatic', tsconfigRaw: { compilerOptions: { useDefineForClassFields: false, jsx: 'react-jsx' } } } };
}

function page(name, chunk = name) {
  return new HtmlPlugin({
    filename: `${name}.html`,
    template: `${root}addin/pages/${name === 'launchevent' ? 'commands' : name}.html`,
    chunks: [chunk],
    inject: 'body',
    scriptLoading: 'defer',
    officeJs,
    minify: { collapseWhitespace: true, minifyCSS: true },
  });
}

const styles = { test: /\.css$/, use: [CssPlugin.loader, 'css-loader', { loader: requireHere.resolve('esbuild-loader'), options: { loader: 'css', minify: true, target: 'es2020' } }] };

/** The shortest names that fit, 2 KB of the whole. Price: more files have another content, and so another name, after an update. */
const shortNames = { mangleExports: 'size', moduleIds: 'size', chunkIds: 'size', minimizeOptions: smallest };

/** Also loaded by the ribbon's button, which has nothing of the pane: these keep what they need to themselves. */
const standAlone = /^(?:engine|bar-)/;

/**
 * A module that several panels need travels once: in the pane's first file when the panel of the invite needs it too (so it costs that one nothing), else
 * in one that comes with the first panel that needs any of it. Names, not sizes, decide: what a panel loads must not jump with a line of code.
 */
const sharedByPanels = {
  chunks: (chunk) => !chunk.canBeInitial() && !standAlone.test(chunk.name ?? ''),
  minSize: 0,
  cacheGroups: {
    default: false,
    defaultVendors: false,
    first: { name: 'taskpane', minChunks: 2, priority: 2, enforce: true, test: (module, { chunkGraph }) => isScript(module) && [...chunkGraph.getModuleChunksIterable(module)].some(({ name }) => name === 'compose') },
    shared: { name: 'shared', minChunks: 2, priority: 1, enforce: true, test: isScript },
  },
};

function isScript(module) {
  return module.type.startsWith('javascript');
}

/** Pages: windows and the ribbon's function file. Browsers of the last years; React lives here. */
function pages(mode) {
  return {
    name: 'pages',
    mode,
    context: root,
    target: ['web', syntax],
    entry: {
      taskpane: './addin/taskpane/index.tsx',
      commands: './addin/commands/commands.ts',
      'sign-in': './addin/talk/sign-in-page.ts',
      // Loaded by address when a token is needed, so its name never changes.
      msal: { import: './addin/talk/msal.ts', filename: 'msal.js' },
    },
    output: { path: output, filename: '[name].[contenthash:12].js', chunkFilename: '[name].[contenthash:12].js', chunkLoadingGlobal: 'tieline', publicPath: '' },
    resolve: {
      extensions: ['.ts', '.tsx', '.js'],
      // The same icons without Fluent's engine for styles, which nothing else in the pane needs; styles/pane.css says the little that they want.
      alias: { '@fluentui/react-icons/svg': '@fluentui/react-icons/headless/svg' },
    },
    module: { rules: [scripts(syntax), styles] },
    plugins: [
      new CssPlugin({ filename: '[name].[contenthash:12].css', chunkFilename: '[name].[contenthash:12].css' }),
      page('taskpane'),
      page('commands'),
      page('sign-in'),
      new CopyPlugin({
        patterns: [
          { from: 'manifest.xml', to: 'manifest.xml' },
          { from: 'addin/icons/*.png', to: 'icons/[name][ext]' },
          ...(selfHosted ? [{ from: 'node_modules/@microsoft/office-js/dist', to: 'office', filter: (file) => officeFiles.test(file) }] : []),
        ],
      }),
      new WeightPlugin(),
    ],
    optimization: { ...shortNames, splitChunks: sharedByPanels, runtimeChunk: false },
    performance: false,
    devtool: false,
  };
}

/**
 * What Outlook starts by itself: one file without chunks. Classic Outlook's engine of before 2403 stumbles over newer
 * syntax and, says the documentation, over the conditional operator: nothing may shorten `if` into it.
 */
function launchevent(mode) {
  return {
    name: 'launchevent',
    mode,
    context: root,
    target: ['web', 'es6'],
    entry: { launchevent: './addin/launchevent/launchevent.ts' },
    output: { path: output, filename: '[name].js', publicPath: '' },
    resolve: { extensions: ['.ts', '.js'] },
    module: { rules: [scripts('es2015')] },
    plugins: [page('launchevent'), new WeightPlugin(), new OldSyntaxPlugin()],
    optimization: {
      minimizeOptions: { javascript: { ecma: 2015, compress: { defaults: false, unused: true, dead_code: true, toplevel: true, passes: 3 }, mangle: { toplevel: true } } },
    },
    performance: false,
    devtool: false,
  };
}

/** The administrator's page: in browsers, a door of its own so that nothing of it weighs on the pane. Served at /admin/. */
function admin(mode) {
  return {
    name: 'admin',
    mode,
    context: root,
    target: ['web', syntax],
    entry: { admin: './addin/admin/index.tsx' },
    output: { path: output, filename: 'admin/[name].[contenthash:12].js', chunkFilename: 'admin/[name].[contenthash:12].js', publicPath: '/' },
    resolve: { extensions: ['.ts', '.tsx', '.js'] },
    module: { rules: [scripts(syntax), styles] },
    plugins: [
      new CssPlugin({ filename: 'admin/[name].[contenthash:12].css' }),
      new HtmlPlugin({ filename: 'admin/index.html', template: `${root}addin/pages/admin.html`, inject: 'body', scriptLoading: 'defer', minify: { collapseWhitespace: true, minifyCSS: true } }),
      new WeightPlugin(),
    ],
    optimization: { ...shortNames, splitChunks: false, runtimeChunk: false },
    performance: false,
    devtool: false,
  };
}

export default (_env, { mode = 'production' }) => [pages(mode), launchevent(mode), admin(mode)];
