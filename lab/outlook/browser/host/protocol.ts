import { isRecord } from './params.ts';

/** The messages that office.js and its host exchange by postMessage, as the 16.0.15407 script sends them. */

export const actionType = { invoke: 0, register: 1, unregister: 2 } as const;
export const messageType = { request: 0, response: 1 } as const;
export const responseType = { answer: 0, event: 1 } as const;
/** `_errorCode` of a response. */
export const invokeError = { none: 0, handlingRequest: -2, accessDenied: -5 } as const;

export interface Request {
  _messageType: 0;
  _actionName: string;
  _conversationId: string;
  _correlationId: number;
  _origin: string;
  _data: unknown;
  _actionType: number;
}

export interface Response {
  _messageType: 1;
  _actionName: string;
  _conversationId: string;
  _correlationId: number;
  _origin: string;
  _data: unknown;
  _errorCode: number;
  _responseType: number;
  _serializerVersion: 1;
}

/** Reads a request; null for anything else that pages post to each other. */
export function parseRequest(data: unknown): Request | null {
  if (typeof data !== 'string' || !data.includes('_messageType')) return null;
  try {
    const message: unknown = JSON.parse(data);
    return isRequest(message) ? message : null;
  } catch {
    return null;
  }
}

function isRequest(message: unknown): message is Request {
  if (!isRecord(message)) return false;
  return message['_messageType'] === messageType.request && typeof message['_actionName'] === 'string' && typeof message['_conversationId'] === 'string';
}

export interface ResponseContent { data: unknown; errorCode?: number; isEvent?: boolean }

export function responseTo({ _actionName, _conversationId, _correlationId }: Pick<Request, '_actionName' | '_conversationId' | '_correlationId'>, { data, errorCode = invokeError.none, isEvent = false }: ResponseContent): Response {
  return {
    _messageType: messageType.response, _actionName, _conversationId, _correlationId, _origin: location.origin, _data: data,
    _errorCode: errorCode, _responseType: isEvent ? responseType.event : responseType.answer, _serializerVersion: 1,
  };
}

/** Call of the host to the page. Only `Office_notifyAgave` exists, on a conversation of its own, and it never answers. */
export function notification(conversationId: string, correlationId: number, actionIds: number[]): object {
  return {
    _messageType: messageType.request, _actionName: 'Office_notifyAgave', _conversationId: `${conversationId}_ntf`, _correlationId: correlationId,
    _origin: location.origin, _data: actionIds, _actionType: actionType.invoke, _serializerVersion: 1,
  };
}

/** What the host tells a page by `Office_notifyAgave`. */
export const agaveAction = { select: 0, unselect: 1, tabIn: 11, shiftTabIn: 12 } as const;
/** What a page tells the host by `ContextActivationManager_notifyHost`. */
export const hostAction = { focus: 0, blur: 1, tabExit: 13, shiftTabExit: 14, escape: 15, nothingFocusable: 17 } as const;
