import type { Route } from '../../../contract/endpoint.ts';
import { TalkFault } from '../../talk/fault.ts';
import { ask } from '../../talk/http.ts';
import type { Asked, Transport } from '../../talk/http.ts';

/** Asks our server; an answer without the field that names it is not from it. @throws TalkFault, SignInFault */
export async function get<T extends object>(transport: Transport, route: Route, field: keyof T & string, asked: Asked): Promise<T> {
  const answer = await ask(transport, route, asked);
  function has(value: unknown): value is T {
    return typeof value === 'object' && value !== null && field in value;
  }
  if (has(answer)) return answer;
  throw new TalkFault('silent', `an answer without "${field}"`);
}
