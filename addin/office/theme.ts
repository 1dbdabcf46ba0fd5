import { officeCall } from './call.ts';
import { hasMailbox } from './support.ts';

/** Below this brightness (0 to 255) a background counts as dark. */
const MIDDLE = 128;

/** How bright a colour looks, 0 to 255 (ITU-R BT.601); undefined for what is no colour. */
export function brightness(colour: string | undefined): number | undefined {
  const digits = /^#?([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour ?? '');
  if (digits === null) return undefined;
  const [red = 0, green = 0, blue = 0] = digits.slice(1).map((part) => Number.parseInt(part, 16));
  return 0.299 * red + 0.587 * green + 0.114 * blue;
}

/** Outlook tells its colours from Mailbox 1.14 on; its own `isDarkTheme` does not work there (reference/office-addin.md section 7). */
function outlookIsDark(): boolean | undefined {
  const bright = brightness(Office.context.officeTheme?.bodyBackgroundColor);
  if (bright === undefined) return undefined;
  return bright < MIDDLE;
}

const prefersDark = '(prefers-color-scheme: dark)';

/** True when the pane should be dark: as Outlook is, else as the system is. */
export function isDark(): boolean {
  return outlookIsDark() ?? window.matchMedia(prefersDark).matches;
}

/** Calls `changed` whenever Outlook or the system changes between light and dark. */
export function onThemeChanged(changed: () => void): void {
  window.matchMedia(prefersDark).addEventListener('change', changed);
  if (!hasMailbox('1.14')) return;
  const mailbox = Office.context.mailbox;
  officeCall<void>('mailbox.addHandlerAsync', (done) => mailbox.addHandlerAsync(Office.EventType.OfficeThemeChanged, changed, done)).catch(() => undefined);
}
