/**
 * Checks what the Graph stand-in is asked and what it answers against Microsoft's published description: an OpenAPI subset made from the metadata that Microsoft
 * converts itself. The file stays outside the project.
 */
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Exchanged, GraphStandIn } from '../../lab/graph/index.ts';
import { resolve, unknownNames } from './openapi-names.ts';

type Json = Record<string, unknown>;

/** Beside the checkout. */
export const descriptionPath = '../shared/reference/graph-openapi-subset.json';

/** In real answers of v1.0, though the metadata does not name it. */
const undescribed = /\/occurrenceId$/;

export interface OpenApiCheck {
  /** What did not fit, in words; empty when all did. */
  readonly problems: string[];
  /** `METHOD path status` of everything that was compared. */
  readonly compared: Set<string>;
  /** Successful requests whose path the description does not have. */
  readonly outside: Set<string>;
  stop(): void;
}

function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function member(value: unknown, ...names: string[]): unknown {
  return names.reduce<unknown>((at, name) => (isRecord(at) ? at[name] : undefined), value);
}

function pattern(template: string): RegExp {
  const text = template.replaceAll(/[.*+?^$()|[\]\\]/g, String.raw`\$&`).replaceAll(/\{[^}]*\}/g, '[^/]+').replaceAll(String.raw`\(\)`, String.raw`(?:\(\))?`);
  return new RegExp(`^${text}$`, 'i');
}

/** Graph takes enum values in any case, so requests are compared with theirs made lenient. */
function lenient(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(lenient);
  if (!isRecord(schema)) return schema;
  return Object.fromEntries(Object.entries(schema).filter(([name]) => name !== 'enum' && name !== 'const').map(([name, value]) => [name, lenient(value)]));
}

function createValidator(document: Json): (pointer: string, value: unknown) => string[] {
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateSchema: false });
  ajv.addFormat('date-time', /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/);
  ajv.addFormat('date', /^\d{4}-\d{2}-\d{2}$/);
  ajv.addFormat('duration', /^-?P/);
  ajv.addFormat('uuid', /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i);
  for (const name of ['double', 'int32', 'int64', 'uri']) ajv.addFormat(name, true);
  ajv.addSchema(document, 'graph');
  return (pointer, value) => {
    const validate = ajv.getSchema(`graph${pointer}`);
    if (!validate) return [`nothing stands at ${pointer}`];
    return validate(value) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);
  };
}

function pointerTo(...names: string[]): string {
  return `#/${names.map((name) => encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`;
}

/** Watches the stand-in from now on. Throws when the description cannot be read. */
export function checkAgainstOpenApi(graph: Pick<GraphStandIn, 'onExchanged'>, path = descriptionPath): OpenApiCheck {
  const document: unknown = JSON.parse(readFileSync(path, 'utf8'));
  if (!isRecord(document)) throw new Error(`${path} is no OpenAPI description.`);
  const described = document;
  const relaxed = lenient(document);
  const validateReply = createValidator(described);
  const validateRequest = createValidator(isRecord(relaxed) ? relaxed : {});
  const templates = Object.keys(isRecord(described['paths']) ? described['paths'] : {}).map((template) => ({ template, fits: pattern(template) }));
  const problems: string[] = [];
  const compared = new Set<string>();
  const outside = new Set<string>();

  function compareBody(where: string, names: string[], value: unknown, validate: (pointer: string, value: unknown) => string[]): void {
    const schema = resolve(described, pointerTo(...names).split('/').map(decodeURIComponent).join('/'));
    if (schema === undefined) return;
    const wrong = [...validate(pointerTo(...names), value), ...unknownNames(described, schema, value).filter((name) => !undescribed.test(name)).map((name) => `${name} is not described`)];
    problems.push(...wrong.map((each) => `${where}: ${each}`));
  }

  function compareQuery(where: string, operation: unknown, query: URLSearchParams): void {
    const parameters = member(operation, 'parameters');
    const known = (Array.isArray(parameters) ? parameters : []).map((each: unknown) => member(typeof member(each, '$ref') === 'string' ? resolve(described, String(member(each, '$ref'))) : each, 'name'));
    for (const name of query.keys()) if (!known.includes(name) && !known.includes(`$${name}`)) problems.push(`${where}: the query ${name} is not described`);
  }

  function compare({ method, path: asked, requestBody, status, replyBody }: Exchanged): void {
    const url = new URL(asked, 'https://graph');
    const template = templates.find(({ fits }) => fits.test(decodeURIComponent(url.pathname)))?.template;
    const verb = method.toLowerCase();
    const operation = template === undefined ? undefined : member(described, 'paths', template, verb);
    if (template === undefined || operation === undefined) {
      if (status < 400) outside.add(`${method} ${url.pathname}`);
      return;
    }
    const where = `${method} ${template} ${status}`;
    compared.add(where);
    const answers = member(operation, 'responses');
    const named = [String(status), 'default'].find((name) => member(answers, name) !== undefined);
    if (named === undefined || (named === 'default' && status < 400)) problems.push(`${where}: the status is not described`);
    if (status < 400) compareQuery(where, operation, url.searchParams);
    if (status < 400 && requestBody !== undefined) compareBody(`${where} request`, ['paths', template, verb, 'requestBody', 'content', 'application/json', 'schema'], requestBody, validateRequest);
    const reference = member(answers, named ?? 'default', '$ref');
    const names = typeof reference === 'string' ? reference.replace('#/', '').split('/') : ['paths', template, verb, 'responses', named ?? 'default'];
    if (replyBody !== undefined) compareBody(`${where} reply`, [...names, 'content', 'application/json', 'schema'], replyBody, validateReply);
  }

  return { problems, compared, outside, stop: graph.onExchanged(compare) };
}
