import { officeCall } from './call.ts';

/** What a function command or launch event gets. `completed` must be called once, whatever happened. */
export interface RibbonEvent {
  completed: (options?: Verdict) => void;
}

/** What a send handler decides. Outlook shows 500 characters of the message and 20 of the label; Outlooks before Mailbox 1.14 know neither label nor command. */
export interface Verdict {
  allowEvent?: boolean;
  errorMessage?: string;
  /** Words of the button that goes back. */
  cancelLabel?: string;
  /** The manifest's control whose pane that button opens. */
  commandId?: string;
}

/** Names a function for the manifest's `FunctionName`. */
export function associate(name: string, handler: (event: RibbonEvent) => void): void {
  Office.actions.associate(name, handler);
}

/** Resolves when Outlook has told its context. A page that never asks is never counted as up. */
export function whenReady(): Promise<void> {
  return Office.onReady().then(function ready() {
    return undefined;
  });
}

/** Calls `changed` when a pinned pane comes to stand beside another item. */
export function onItemChanged(changed: () => void): Promise<void> {
  return officeCall<void>('mailbox.addHandlerAsync', function start(done) {
    Office.context.mailbox.addHandlerAsync(Office.EventType.ItemChanged, changed, done);
  });
}
