import { ServerError } from '../api.ts';
import type { Api } from '../api.ts';
import { isRecord } from './params.ts';

/**
 * The host's end of nested app authentication: answers the sign-in library of an add-in's page with tokens of whoever sits at the computer. Requests and answers are those of
 * @azure/msal-browser (`types/naa/`): `GetInitContext`, `GetToken` without a window, `GetTokenPopup` with one.
 */

export type NestedMethod = 'GetInitContext' | 'GetToken' | 'GetTokenPopup';

/** A refusal as a host tells it: `USER_INTERACTION_REQUIRED`, `USER_CANCEL`, `NO_NETWORK`, `PERSISTENT_ERROR`, …; `code` and `description` are Entra's. */
export interface NestedError { status: string; code?: string; description?: string }

/** What a page asked. */
export interface NestedRequest { method: NestedMethod; requestId: string; clientId: string; scope: string; isFresh: boolean }

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Reads a request; null for anything else that pages post to each other. */
export function parseNested(data: unknown): NestedRequest | null {
  if (typeof data !== 'string' || !data.includes('NestedAppAuthRequest')) return null;
  let message: unknown;
  try {
    message = JSON.parse(data);
  } catch {
    return null;
  }
  if (!isRecord(message) || message['messageType'] !== 'NestedAppAuthRequest' || typeof message['requestId'] !== 'string') return null;
  const { method, requestId, tokenParams } = message;
  if (method !== 'GetInitContext' && method !== 'GetToken' && method !== 'GetTokenPopup') return null;
  const { clientId, scope, forceRefresh } = isRecord(tokenParams) ? tokenParams : {};
  return { method, requestId, clientId: textOf(clientId), scope: textOf(scope), isFresh: forceRefresh === true };
}

export interface NestedAuth {
  /** What was asked, oldest first. */
  readonly asked: readonly NestedRequest[];
  /** Requests of this kind are refused so, until null. */
  refuse: (method: NestedMethod, error: NestedError | null) => void;
  /** The answer to `request` of a page of `origin`, as text. Never rejects. */
  answer: (request: NestedRequest, origin: string) => Promise<string>;
}

/** How Entra's refusals reach a page: what a window could mend, and what it could not. */
function errorOf(error: unknown): NestedError {
  if (!(error instanceof ServerError) || error.status === 0) return { status: 'NO_NETWORK' };
  const status = /^(?:interaction_required|login_required)$/.test(error.code) ? 'USER_INTERACTION_REQUIRED' : 'PERSISTENT_ERROR';
  return { status, code: error.code, description: error.message };
}

export function createNestedAuth({ api, person }: { api: Api; person: string }): NestedAuth {
  const asked: NestedRequest[] = [];
  const refusals = new Map<NestedMethod, NestedError>();

  async function content({ method, clientId, scope }: NestedRequest, origin: string): Promise<object> {
    const refusal = refusals.get(method);
    if (refusal) return { success: false, error: refusal };
    if (method === 'GetInitContext') return { success: true, initContext: { sdkName: 'lab', sdkVersion: '1.0.0', capabilities: { queryAccount: false } } };
    try {
      return { success: true, ...(await api.nestedToken(person, { clientId, scope, origin })) };
    } catch (error) {
      return { success: false, error: errorOf(error) };
    }
  }

  return {
    asked,
    refuse(method, error) {
      if (error) refusals.set(method, error);
      else refusals.delete(method);
    },
    async answer(request, origin) {
      asked.push(request);
      return JSON.stringify({ messageType: 'NestedAppAuthResponse', requestId: request.requestId, ...(await content(request, origin)) });
    },
  };
}
