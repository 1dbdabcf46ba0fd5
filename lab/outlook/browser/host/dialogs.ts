import type { Channel } from './channel.ts';
import { errorCode } from './errors.ts';
import { eventName, payload } from './events.ts';
import type { Pages } from './pages.ts';
import { record } from './params.ts';
import type { PageHooks } from './services.ts';

/** Dialogs of an add-in inside Outlook's window (`displayInIframe`). Those in a window of their own are opened by office.js itself and the host sees nothing. */
export interface Dialogs {
  /** The answer to the registration that opens one: an Office error code, 0 for success. `targetId` is the JSON of the dialog's options. */
  open: (opener: Channel, targetId: unknown) => number;
  close: (opener: Channel) => void;
  tellParent: (dialog: Channel, message: string) => number;
  tellChild: (opener: Channel, message: string) => number;
  /** What the user would do: closes the dialog that is open, if any. */
  dismiss: () => void;
}

const notHttps = 12_005;
const defaultSize = 99;

interface Open { opener: Channel; dialog: Channel; shown: { close(): void } }

function parseOptions(targetId: unknown): { url: string; width: number; height: number } | null {
  try {
    const { url, width, height } = record(JSON.parse(String(targetId)));
    return typeof url === 'string' ? { url, width: Number(width) || defaultSize, height: Number(height) || defaultSize } : null;
  } catch {
    return null;
  }
}

export function createDialogs({ pages, page }: { pages: Pages; page: PageHooks }): Dialogs {
  let open: Open | null = null;

  function end(): Open | null {
    const ended = open;
    open = null;
    ended?.shown.close();
    if (ended) pages.close(ended.dialog);
    return ended;
  }

  function dismiss(): void {
    end()?.opener.fire(eventName.dialogMessage, { messageType: errorCode.dialogClosed });
  }

  return {
    open(opener, targetId) {
      if (open) return errorCode.dialogOpen;
      const options = parseOptions(targetId);
      if (!options || new URL(options.url, opener.frame.src).protocol !== 'https:') return notHttps;
      const shown = page.showDialog(options, dismiss);
      const dialog = pages.open({ address: new URL(options.url, opener.frame.src).href, label: 'dialog', title: 'Dialog', container: shown.container, isDialog: true });
      open = { opener, dialog, shown };
      return 0;
    },
    close(opener) {
      if (open?.opener === opener) end();
    },
    tellParent(dialog, message) {
      if (open?.dialog !== dialog) return errorCode.dialogClosed;
      open.opener.fire(eventName.dialogMessage, payload.dialogMessage(message, new URL(dialog.frame.src).origin));
      return 0;
    },
    tellChild(opener, message) {
      if (open?.opener !== opener) return errorCode.dialogClosed;
      open.dialog.fire(eventName.dialogParentMessage, payload.dialogMessage(message, new URL(opener.frame.src).origin));
      return 0;
    },
    dismiss,
  };
}
