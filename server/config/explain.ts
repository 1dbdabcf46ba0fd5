import type { z } from 'zod';
import type { Problem } from '../domain/errors.ts';
import { inputSchema, variants, type JsonSchema } from './options.ts';

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** Turns what the schema refused into what an administrator can act on: path, reason, remedy. */
export function explain(issues: readonly Issue[], input: unknown): Problem[] {
  return issues.flatMap((issue) => explainOne(issue, input));
}

function explainOne(issue: Issue, input: unknown): Problem[] {
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey([...issue.path, key], key, keysAt(issue.path, input)));
  const field = writePath(issue.path);
  const schema = schemaAt(issue.path, input);
  const isMissing = valueAt(issue.path, input) === undefined && issue.code !== 'custom';
  if (isMissing) {
    return [{ code: 'config.missing', field, message: `${field} is missing`, remedy: schema?.description ? `Set it: ${schema.description}` : `Set ${field}.` }];
  }
  const choices = schema?.enum ?? (issue.code === 'invalid_union' ? kindsAt(issue.path, input) : []);
  const about = schema?.description ? ` (${schema.description})` : '';
  const remedy = choices.length > 0 ? `Use one of: ${choices.join(', ')}.` : `Correct it${about}; see docs/configuration.md.`;
  return [{ code: 'config.wrong', field, message: `${field}: ${reason(issue)}`, remedy }];
}

function reason(issue: Issue): string {
  return issue.code === 'invalid_union' ? 'is not of a known type' : lowerFirst(issue.message);
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}

function unknownKey(path: Path, key: string, known: readonly string[]): Problem {
  const field = writePath(path);
  const near = nearest(key, known);
  const remedy = near === null ? `Remove it. Known here: ${known.join(', ')}.` : `Did you mean "${near}"?`;
  return { code: 'config.unknown-key', field, message: `${field} is not a key of the configuration`, remedy };
}

/** `connectors[0].ami.host` */
export function writePath(path: Path): string {
  return path.reduce<string>((text, part) => (typeof part === 'number' ? `${text}[${part}]` : text === '' ? String(part) : `${text}.${String(part)}`), '') || 'the configuration';
}

function valueAt(path: Path, input: unknown): unknown {
  return path.reduce<unknown>((value, part) => (isRecord(value) ? value[String(part)] : undefined), input);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** The schema of what stands at a path; unions are followed by the `type` that the input names. */
function schemaAt(path: Path, input: unknown): JsonSchema | undefined {
  let schema: JsonSchema | undefined = inputSchema();
  let value = input;
  for (const part of path) {
    value = isRecord(value) ? value[String(part)] : undefined;
    schema = typeof part === 'number' ? schema?.items : schema?.properties?.[String(part)];
    const type = isRecord(value) ? value['type'] : undefined;
    schema = (schema && variants(schema).find((kind) => kind.properties?.['type']?.const === type)) ?? schema;
  }
  return schema;
}

function keysAt(path: Path, input: unknown): string[] {
  return Object.keys(schemaAt(path, input)?.properties ?? {});
}

/** Which types there are where the input names none of them. */
function kindsAt(path: Path, input: unknown): unknown[] {
  const schema = schemaAt(path.at(-1) === 'type' ? path.slice(0, -1) : path, input);
  return schema ? variants(schema).map((kind) => kind.properties?.['type']?.const) : [];
}

/** The known word that was probably meant: no more than a third of it different. */
export function nearest(word: string, known: readonly string[]): string | null {
  const ranked = known.map((each) => ({ each, far: distance(word.toLowerCase(), each.toLowerCase()) })).toSorted((a, b) => a.far - b.far);
  const best = ranked[0];
  return best && best.far <= Math.max(2, Math.floor(word.length / 3)) ? best.each : null;
}

/** Levenshtein: inserts, removals and replacements between two words. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, n) => n);
  for (const [i, letter] of a.split('').entries()) {
    const next = [i + 1];
    for (const [j, other] of b.split('').entries()) next.push(Math.min((row[j] ?? 0) + (letter === other ? 0 : 1), (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    row = next;
  }
  return row[b.length] ?? 0;
}
