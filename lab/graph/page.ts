import type { Json } from './json.ts';
import { option } from './query.ts';
import type { Call, Reply } from './types.ts';

/** The same request with other query values; absolute, as every link of Graph. `$` stays unescaped, as Graph writes it. */
export function linkWith({ base, rawPath, query }: Call, changes: Record<string, string | null>): string {
  const next = new URLSearchParams(query);
  for (const [name, value] of Object.entries(changes)) {
    next.delete(name);
    if (value !== null) next.set(name, value);
  }
  const text = next.toString().replaceAll('%24', '$');
  return `${base}${rawPath}${text === '' ? '' : `?${text}`}`;
}

/** One page of a collection: `@odata.nextLink` while more is left. `context` is the fragment of `@odata.context`. */
export function pageOf(call: Call, context: string, items: Json[], size: number): Reply {
  const skip = Number(option(call.query, 'skip') ?? 0);
  const end = skip + size;
  return {
    status: 200,
    body: {
      '@odata.context': `${call.base}/$metadata#${context}`,
      ...(option(call.query, 'count') === 'true' ? { '@odata.count': items.length } : {}),
      value: items.slice(skip, end),
      ...(end < items.length ? { '@odata.nextLink': linkWith(call, { $skip: String(end) }) } : {}),
    },
  };
}
