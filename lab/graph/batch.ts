import { badRequest } from './errors.ts';
import { field, isRecord, listField, textField } from './json.ts';
import type { Json } from './json.ts';
import { pathSegments } from './path.ts';
import type { Call, Reply } from './types.ts';

/** A batch holds 20 requests at most; Graph works four Outlook requests of one batch at a time, whatever their mailbox (json-batching). */
const mostRequests = 20;
const wide = 4;

interface Step { id: string; call: Call; dependsOn: string[] }

function headersOf(value: unknown): Record<string, string> {
  return isRecord(value) ? Object.fromEntries(Object.entries(value).map(([name, text]) => [name.toLowerCase(), String(text)])) : {};
}

function readStep(step: unknown, outer: Call): Step {
  const id = textField(step, 'id');
  const url = textField(step, 'url');
  const method = textField(step, 'method')?.toUpperCase();
  if (!id || !url || !method) throw badRequest('BadRequest', 'Invalid batch payload format: every request needs id, method and url.');
  const { pathname, search } = new URL(url.startsWith('/') ? url : `/${url}`, 'https://batch');
  const rawPath = pathname.replace(/^\/v1\.0\//, '/');
  const own = headersOf(field(step, 'headers'));
  const body = field(step, 'body');
  if (body !== undefined && own['content-type'] === undefined) throw badRequest('BadRequest', `Write request id : ${id} does not contain Content-Type header or body.`);
  const dependsOn = (listField(step, 'dependsOn') ?? []).map(String);
  return { id, dependsOn, call: { ...outer, method, rawPath, path: pathSegments(rawPath), query: new URLSearchParams(search), headers: { ...own, 'client-request-id': outer.headers['client-request-id'] ?? '' }, body } };
}

/** Reads the steps. Throws GraphError for more than 20, an id twice, or a dependency on nobody. */
function readSteps(call: Call): Step[] {
  const requests = listField(call.body, 'requests');
  if (!requests) throw badRequest('BadRequest', 'Invalid batch payload format.');
  if (requests.length > mostRequests) throw badRequest('BadRequest', `Number of batch request steps exceeds the maximum value of ${mostRequests}.`);
  const steps = requests.map((step) => readStep(step, call));
  const ids = new Set(steps.map(({ id }) => id.toLowerCase()));
  if (ids.size !== steps.length) throw badRequest('BadRequest', 'Request Id values have to be unique.');
  if (steps.some(({ dependsOn }) => dependsOn.some((each) => !ids.has(each.toLowerCase())))) throw badRequest('BadRequest', 'A request depends on one that is not in the batch.');
  return steps;
}

/** What is no JSON comes in base64. */
function responseJson(id: string, { status, headers = {}, body }: Reply): Json {
  if (Buffer.isBuffer(body)) return { id, status, headers: { 'Cache-Control': 'no-cache', 'Content-Type': headers['content-type'] ?? 'application/octet-stream' }, body: body.toString('base64') };
  return { id, status, headers: { 'Cache-Control': 'no-cache', ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers }, ...(body === undefined ? {} : { body }) };
}

const failedDependency: Reply = { status: 424, body: { error: { code: 'FailedDependency', message: 'A request that this one depends on has failed.' } } };

/** `POST /$batch`: the outer answer is 200 even when every inner one is 429. `work` handles one request. */
export async function batch(call: Call, work: (call: Call) => Promise<Reply>): Promise<Reply> {
  const steps = readSteps(call);
  const done = new Map<string, Promise<Reply>>();
  let places = wide;
  const waiting: (() => void)[] = [];

  async function inTurn(step: Step): Promise<Reply> {
    const before = await Promise.all(step.dependsOn.map(async (each) => done.get(each.toLowerCase())));
    if (before.some((reply) => (reply?.status ?? 424) >= 400)) return failedDependency;
    if (places === 0) await new Promise<void>((resolve) => void waiting.push(resolve));
    else places -= 1;
    const reply = await work(step.call);
    const next = waiting.shift();
    if (next) next();
    else places += 1;
    return reply;
  }

  for (const step of steps) done.set(step.id.toLowerCase(), inTurn(step));
  const responses = await Promise.all(steps.map(async ({ id }) => responseJson(id, (await done.get(id.toLowerCase())) ?? failedDependency)));
  return { status: 200, body: { responses } };
}
