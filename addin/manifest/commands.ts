import { readFile, writeFile } from 'node:fs/promises';
import { posix } from 'node:path';
import { askHost } from './ask-host.ts';
import { checkManifest, rules } from './check.ts';
import { builtFolder, readFacts } from './facts.ts';
import { fillFiles } from './fill-files.ts';
import { fillManifest, readOrigin, type Filling } from './fill.ts';
import type { Finding } from './finding.ts';
import { readInfo } from './info.ts';
import { readManifest } from './manifest.ts';
import { Refusal } from './refusal.ts';
import { addressesToAsk } from './rules/served.ts';

/** What a command leaves with: 0 all is well, 1 the manifest is not. */
type Outcome = 0 | 1;

/** Where a command speaks: results to `print`, the rest to `tell`. */
export interface Terminal {
  print: (text: string) => void;
  tell: (text: string) => void;
}

/** Throws Refusal when the file cannot be read. */
async function read(option: string, file: string): Promise<string> {
  return readFile(file, 'utf8').catch((cause: unknown) => {
    throw new Refusal(option, `${file} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`, 'Correct the path.');
  });
}

/** `--check`: prints what every rule finds. */
export async function checkFile(file: string, { served }: { served: boolean }, { print, tell }: Terminal): Promise<Outcome> {
  const text = await read('check', file);
  const facts = await readFacts();
  const manifest = readManifest(text);
  if (served && !('problem' in manifest)) facts.answers = await askHost(addressesToAsk(manifest));
  const findings = checkManifest(text, facts);
  if (findings.length > 0) return complain(file, findings, tell);
  print(`${file}: nothing to mend (${rules.length} rules${served ? '' : '; the host was not asked, --served does'})`);
  return 0;
}

function complain(file: string, findings: readonly Finding[], tell: Terminal['tell']): Outcome {
  for (const { rule, where, problem, remedy } of findings) tell(`${file}, ${where}: ${problem} [${rule}]\n    ${remedy}`);
  tell(`${findings.length} to mend`);
  return 1;
}

/** `--info`: prints what Microsoft's reader sees, and where ours differs. */
export async function showInfo(file: string, { print }: Terminal): Promise<Outcome> {
  await read('info', file);
  const lines = await readInfo(file);
  for (const { name, theirs, ours } of lines) print(`${name.padEnd(14)}${theirs}${theirs === ours ? '' : `   (we read: ${ours})`}`);
  return lines.every(({ theirs, ours }) => theirs === ours) ? 0 : 1;
}

/** Options of filling in, as they are typed: `app` may be "none". */
export interface FillOptions extends Omit<Filling, 'app'> {
  app?: string;
  out?: string;
  /** Where the built files go, with the server's address in them. */
  files?: string;
}

/**
 * Makes the manifest of an installation. Nothing is written unless the result has nothing to mend. Throws Refusal for wrong values.
 */
export async function fillFile(file: string, { out, files, app, ...filling }: FillOptions, { print, tell }: Terminal, built = builtFolder): Promise<Outcome> {
  if (app === undefined) throw new Refusal('app', 'the registration for sign-in is missing', 'Give its client ID (docs/connect-microsoft-365.md), or "none" when people do not sign in with Entra.');
  const made = fillManifest(await read('file', file), { ...filling, app: app === 'none' ? null : app });
  const facts = await readFacts();
  const findings = checkManifest(made, facts);
  if (findings.length > 0) return complain(out ?? 'the manifest', findings, tell);
  if (files !== undefined) {
    const server = readOrigin('server', filling.server ?? filling.host);
    const changed = await fillFiles({ from: built, to: files, server, files: facts.files.map((path) => posix.basename(path)) });
    tell(`${files} has the add-in; ${changed.join(', ')} call ${server}`);
  }
  if (out === undefined) {
    print(made);
    return 0;
  }
  await writeFile(out, made);
  tell(`${out} is ready: nothing to mend (${rules.length} rules)`);
  return 0;
}
