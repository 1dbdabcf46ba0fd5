import { deferred } from '../deferred.ts';
import { eventName } from './events.ts';
import type { NestedRequest } from './nested-app-auth.ts';
import { parseNested } from './nested-app-auth.ts';
import type { Request, ResponseContent } from './protocol.ts';
import { actionType, invokeError, notification, parseRequest, responseTo } from './protocol.ts';
import type { Trace } from './trace.ts';
import { dispidOf } from './trace.ts';

/** The line to one page of the add-in. */
export interface Channel {
  /** What the page is for, e.g. `pane` or `command insertConference`. */
  readonly label: string;
  readonly controlId: string;
  readonly frame: HTMLIFrameElement;
  readonly isClosed: boolean;
  /** Calls of the page that were not answered yet. */
  readonly pending: number;
  /** Resolves when the page registered for commands: office.js is up and the page called `Office.onReady`. Never rejects. */
  readonly ready: Promise<void>;
  /** Resolves when the page is taken away. Never rejects. */
  readonly ended: Promise<void>;
  isRegistered: (event: string) => boolean;
  /** Sends an event, if the page registered for it. */
  fire: (event: string, payload: unknown) => void;
  /** `Office_notifyAgave`: office.js never answers. */
  notify: (actionIds: number[]) => void;
  close: () => void;
}

/** Answers of the host, by what the page wants. `register` may refuse with an Office error code; 0 is success. */
export interface Answers {
  invoke: (channel: Channel, request: Request) => Promise<ResponseContent>;
  register: (channel: Channel, event: string, data: unknown) => number;
  unregister: (channel: Channel, event: string) => void;
  /** Nested app authentication has messages of its own, outside of office.js. */
  nested: (request: NestedRequest, origin: string) => Promise<string>;
}

export interface ChannelOptions { frame: HTMLIFrameElement; label: string; controlId: string; conversationId: string; trace: Trace; answers: Answers }

export function openChannel({ frame, label, controlId, conversationId, trace, answers }: ChannelOptions): Channel {
  /** Events by name, with the request to which later messages belong. */
  const registered = new Map<string, Request>();
  const origin = new URL(frame.src).origin;
  let isClosed = false;
  let pending = 0;
  let notifications = 0;
  const { promise: ready, settle: markReady } = deferred<void>();
  const { promise: ended, settle: markEnded } = deferred<void>();

  function post(message: object, action: string, data: unknown, errorCode: number): void {
    if (isClosed) return;
    trace.add({ frame: label, direction: 'out', action, dispid: null, data, ...(errorCode ? { errorCode } : {}) });
    frame.contentWindow?.postMessage(JSON.stringify(message), origin);
  }

  function answer(request: Request, content: ResponseContent): void {
    post(responseTo(request, content), request._actionName, content.data, content.errorCode ?? invokeError.none);
  }

  async function invoke(request: Request): Promise<void> {
    pending += 1;
    try {
      answer(request, await answers.invoke(channel, request));
    } catch (error) {
      console.error('The lab\'s Outlook could not answer', request, error);
      answer(request, { data: null, errorCode: invokeError.handlingRequest });
    } finally {
      pending -= 1;
    }
  }

  function register(request: Request): void {
    const code = answers.register(channel, request._actionName, request._data);
    if (code === 0) registered.set(request._actionName, request);
    answer(request, { data: { Error: code } });
    if (request._actionName === eventName.commandInvoked) markReady();
  }

  async function signIn(request: NestedRequest): Promise<void> {
    pending += 1;
    const content = await answers.nested(request, origin);
    pending -= 1;
    if (!isClosed) frame.contentWindow?.postMessage(content, origin);
  }

  function take(event: MessageEvent): void {
    if (event.source !== frame.contentWindow || event.origin !== origin) return;
    const nested = parseNested(event.data);
    if (nested) return void signIn(nested);
    const request = parseRequest(event.data);
    if (!request || request._conversationId !== conversationId) return;
    trace.add({ frame: label, direction: 'in', action: request._actionName, dispid: dispidOf(request._data), data: request._data });
    if (request._actionType === actionType.register) return register(request);
    if (request._actionType !== actionType.unregister) return void invoke(request);
    registered.delete(request._actionName);
    answers.unregister(channel, request._actionName);
    answer(request, { data: { Error: 0 } });
  }

  const channel: Channel = {
    label,
    controlId,
    frame,
    ready,
    ended,
    get isClosed() { return isClosed; },
    get pending() { return pending; },
    isRegistered: (event) => registered.has(event),
    fire(event, payload) {
      const request = registered.get(event);
      if (request) post(responseTo(request, { data: payload, isEvent: true }), event, payload, 0);
    },
    notify(actionIds) {
      post(notification(conversationId, ++notifications, actionIds), 'Office_notifyAgave', actionIds, 0);
    },
    close() {
      isClosed = true;
      window.removeEventListener('message', take);
      frame.remove();
      markEnded();
    },
  };
  window.addEventListener('message', take);
  return channel;
}
