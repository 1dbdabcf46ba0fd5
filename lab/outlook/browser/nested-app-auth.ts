/**
 * The page's end of nested app authentication, which newer office.js brings and the copy of npm does not: `window.nestedAppAuthBridge`, over which the sign-in library sends its requests
 * (the shape is `AuthBridge` of @azure/msal-browser). Messages are passed to the host as they are, and its answers back.
 */
type Hear = (message: string) => void;

const listeners = new Set<Hear>();

window.addEventListener('message', ({ source, data }: MessageEvent<unknown>) => {
  if (source !== window.parent || typeof data !== 'string' || !data.includes('NestedAppAuthResponse')) return;
  for (const hear of listeners) hear(data);
});

Object.assign(window, {
  nestedAppAuthBridge: {
    addEventListener: (_name: string, hear: Hear) => void listeners.add(hear),
    removeEventListener: (_name: string, hear: Hear) => void listeners.delete(hear),
    postMessage: (message: string) => window.parent.postMessage(message, '*'),
  },
});
