import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { LineCounter, parseDocument } from 'yaml';
import { UserError, type Problem } from '../domain/errors.ts';
import { explain, writePath } from './explain.ts';
import { configSchema, type Config } from './schema.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

const defaultPath = 'tieline.yaml';

/**
 * Reads the configuration file: `TIELINE_CONFIG`, or `tieline.yaml` in the working directory.
 * Paths in it that are relative begin at its folder; they come back absolute. Throws UserError `config.*` with every problem that it finds: path, reason, remedy.
 */
export async function loadConfig(env: Environment = process.env, workingDirectory = process.cwd()): Promise<Config> {
  const path = resolve(workingDirectory, env['TIELINE_CONFIG'] ?? defaultPath);
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    const remedy = 'Copy tieline.example.yaml to tieline.yaml and fill it in, or name the file in TIELINE_CONFIG. To try Tieline without any configuration: npm start.';
    throw new UserError(500, { code: 'config.no-file', message: `the configuration file ${path} cannot be read`, remedy }, cause);
  });
  const config = readConfig(text, env);
  resolveFiles(config, dirname(path));
  return { ...config, data: resolve(dirname(path), config.data) };
}

/** Makes the paths behind keys that end in `File` absolute, in place. */
function resolveFiles(value: object, folder: string): void {
  for (const [key, each] of Object.entries(value)) {
    if (key.endsWith('File') && typeof each === 'string') Object.assign(value, { [key]: resolve(folder, each) });
    else if (typeof each === 'object' && each !== null) resolveFiles(each, folder);
  }
}

/** Checks the text of a configuration file against the schema and the environment. Throws UserError with every problem. */
export function readConfig(text: string, env: Environment): Config {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, prettyErrors: false });
  const broken = document.errors.map((error): Problem => {
    const { line, col } = lines.linePos(error.pos[0]);
    return { code: 'config.no-yaml', message: `line ${line}, column ${col}: ${error.message}`, remedy: 'Correct the YAML there (indentation, quotes, a key given twice).' };
  });
  if (broken.length > 0) throw refusal(broken);
  return checkConfig(document.toJS({ maxAliasCount: 20 }) ?? {}, env);
}

/** Checks a configuration that is no text any more: what tests and the lab hand in. */
export function checkConfig(input: unknown, env: Environment): Config {
  const parsed = configSchema.safeParse(input);
  if (!parsed.success) throw refusal(explain(parsed.error.issues, input));
  const missing = missingVariables(parsed.data, env);
  if (missing.length > 0) throw refusal(missing);
  return parsed.data;
}

/** The secret that an `…Env` key names. Checked at start, so it is there. */
export function secretFrom(env: Environment): (name: string) => string {
  return (name) => {
    const value = env[name];
    if (value === undefined) throw refusal([notSet(name, name)]);
    return value;
  };
}

function missingVariables(config: Config, env: Environment): Problem[] {
  return environmentKeys(config, []).flatMap(({ path, name }) => {
    const isOptional = path === 'database.urlEnv' && config.database.embedded;
    return env[name] || isOptional ? [] : [notSet(path, name)];
  });
}

function notSet(field: string, name: string): Problem {
  return { code: 'config.no-secret', field, message: `${field} names the environment variable ${name}, which is not set`, remedy: `Set ${name} in the environment of the server (not in this file).` };
}

function environmentKeys(value: unknown, path: readonly PropertyKey[]): { path: string; name: string }[] {
  if (Array.isArray(value)) return value.flatMap((each, index) => environmentKeys(each, [...path, index]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => {
    const here = [...path, key];
    return key.endsWith('Env') && typeof each === 'string' ? [{ path: writePath(here), name: each }] : environmentKeys(each, here);
  });
}

function refusal(problems: readonly Problem[]): UserError {
  const [first] = problems;
  const message = problems.map((each) => `- ${each.message}. ${each.remedy ?? ''}`.trimEnd()).join('\n');
  return new UserError(500, { code: first?.code ?? 'config.wrong', message: `the configuration is refused:\n${message}`, ...(first?.field ? { field: first.field } : {}) });
}
