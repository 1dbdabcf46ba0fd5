import type { Route } from '../../contract/endpoint.ts';
import { addressOf } from './http.ts';
import type { Asked, Transport } from './http.ts';

/** An address in this page for what the server keeps as a file, to be given back by `URL.revokeObjectURL`; null when there is none. */
export async function fileOf(transport: Transport, route: Route, asked: Asked): Promise<string | null> {
  const response = await transport.fetch(addressOf(transport.origin, route, asked), { headers: { authorization: `Bearer ${await transport.token(false)}` }, signal: AbortSignal.timeout(transport.deadlineMs) });
  return response.ok ? URL.createObjectURL(await response.blob()) : null;
}
