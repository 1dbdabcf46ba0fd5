/** A page of the add-in in a frame, addressed and named so that office.js finds its host. */

export interface FrameOptions {
  /** The page's absolute address. */
  address: string;
  /** Unique per frame: office.js keeps `<controlId>IsDialog` in a session storage that all frames of the origin share. */
  controlId: string;
  conversationId: string;
  correlationId: string;
  locale: string;
  isDialog: boolean;
  title: string;
}

/** What add-ins may do; Outlook's exact list is not documented. */
const sandbox = 'allow-scripts allow-forms allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-downloads allow-top-navigation-by-user-activation';

/** `host$platform$version$locale$correlation$isDialog$disableLogging$flags`. */
function hostInfo({ locale, correlationId, isDialog }: FrameOptions): string {
  return `Outlook$Web$16.01$${locale}$${correlationId}$${isDialog ? 'isDialog' : ''}$$0`;
}

function frameName(options: FrameOptions): string {
  return JSON.stringify({
    baseFrameName: `_xdm_${options.controlId}`, hostInfo: hostInfo(options), xdmInfo: `${options.conversationId}|${options.controlId}|${location.origin}`,
    serializerVersion: '1', flights: '[]',
  });
}

/** The frame element; it loads as soon as it stands in the document. */
export function createFrame(options: FrameOptions): HTMLIFrameElement {
  const address = new URL(options.address, location.href);
  // Appended as text: URLSearchParams would rewrite the dollar signs that office.js splits by.
  address.search += `${address.search ? '&' : '?'}_host_Info=${hostInfo(options)}`;
  const frame = document.createElement('iframe');
  frame.name = frameName(options);
  frame.src = address.href;
  frame.title = options.title;
  frame.setAttribute('sandbox', sandbox);
  frame.setAttribute('allow', 'clipboard-read; clipboard-write; autoplay');
  return frame;
}

/** True when the frame's page did not arrive: no answer, or an HTTP error. Only known for pages of this origin; others show it by never coming up. */
export function isUnavailable(frame: HTMLIFrameElement): boolean {
  if (new URL(frame.src).origin !== location.origin) return false;
  try {
    const navigation = frame.contentWindow?.performance.getEntriesByType('navigation')[0];
    // Not `instanceof`: the entry is of the frame's own world.
    const status = navigation && 'responseStatus' in navigation ? Number(navigation.responseStatus) : 200;
    return frame.contentDocument === null || status >= 400;
  } catch {
    // The browser's own error page is of another origin.
    return true;
  }
}
