import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';

const browserRoot = fileURLToPath(new URL('./browser/', import.meta.url));

let bundled: Promise<ReadonlyMap<string, string>> | undefined;

/** The lab page's script or style sheet, built once per process; undefined for any other name. */
export async function pageFile(name: string): Promise<string | undefined> {
  bundled ??= build({
    entryPoints: [`${browserRoot}main.ts`, `${browserRoot}lab.css`], bundle: true, write: false, format: 'esm', target: 'es2022', sourcemap: 'inline', outdir: browserRoot, logLevel: 'silent',
  }).then(({ outputFiles }) => new Map(outputFiles.map(({ path, text }) => [path.slice(browserRoot.length), text])));
  return (await bundled).get(name);
}
