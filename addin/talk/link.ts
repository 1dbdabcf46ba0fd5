import { accountRoutes } from '../../contract/account/account-routes.ts';
import { exchangeLinkRoutes } from '../../contract/account/exchange-link-routes.ts';
import type { ExchangeLinkAskedView } from '../../contract/account/exchange-link.ts';
import { expectField } from './client.ts';
import { addressOf, ask } from './http.ts';
import type { Transport } from './http.ts';

/** Linking a mailbox of an Exchange server to its person, once: the token that vouches for it names no address. */

function codeOf(answer: unknown): unknown {
  return typeof answer === 'object' && answer !== null && 'code' in answer ? answer.code : undefined;
}

/**
 * True when the server knows the mailbox and not yet whose it is. Whatever else is wrong is no question of linking. Asked without the ladder, which takes every 401 for a token that
 * is too old.
 */
export async function needsLink({ origin, token, fetch: get, deadlineMs }: Transport): Promise<boolean> {
  try {
    const headers = { accept: 'application/json', authorization: `Bearer ${await token(false)}` };
    const response = await get(addressOf(origin, accountRoutes.me, {}), { headers, cache: 'no-store', credentials: 'omit', signal: AbortSignal.timeout(deadlineMs) });
    return response.status === 401 && codeOf(await response.json()) === 'exchange-link-needed';
  } catch {
    // No token, no connection, no answer of ours: the screen of signing in says what can be done.
    return false;
  }
}

/** @throws TalkFault */
export async function askForCode(transport: Transport, address: string, name: string): Promise<ExchangeLinkAskedView> {
  return expectField<ExchangeLinkAskedView>(await ask(transport, exchangeLinkRoutes.ask, { body: { address, name } }), 'way');
}

/** @throws TalkFault */
export async function confirmCode(transport: Transport, code: string): Promise<void> {
  expectField<{ personId: string }>(await ask(transport, exchangeLinkRoutes.confirm, { body: { code } }), 'personId');
}
