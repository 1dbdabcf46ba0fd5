import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';

const browserRoot = fileURLToPath(new URL('./browser/', import.meta.url));
/** An add-in's page loads these as plain scripts beside office.js, so they may leave no names behind. */
const targets = [
  { format: 'esm', entries: { outlook: 'outlook.ts', main: 'main.ts', styles: 'page/styles.css' } },
  { format: 'iife', entries: { 'msajax-shim': 'msajax-shim.ts', 'nested-app-auth': 'nested-app-auth.ts' } },
] as const;

/** Names of the files that the browser loads. */
export type BundleName = 'outlook.js' | 'main.js' | 'msajax-shim.js' | 'nested-app-auth.js' | 'styles.css';

let bundles: Promise<ReadonlyMap<string, string>> | undefined;

async function bundle(): Promise<ReadonlyMap<string, string>> {
  const built = await Promise.all(targets.map(({ format, entries }) => build({
    entryPoints: Object.entries(entries).map(([out, file]) => ({ in: browserRoot + file, out })),
    bundle: true, write: false, format, target: 'es2022', sourcemap: 'inline', outdir: browserRoot, logLevel: 'silent',
  })));
  return new Map(built.flatMap(({ outputFiles }) => outputFiles).map(({ path, text }) => [path.slice(browserRoot.length), text]));
}

/** The page's own code, built once per process. Rejects with esbuild's message when the source does not build. */
export async function browserFile(name: BundleName): Promise<string> {
  bundles ??= bundle();
  const text = (await bundles).get(name);
  if (text === undefined) throw new Error(`The bundle has no file ${name}.`);
  return text;
}
