import { officeCall } from './call.ts';

/** What a function command or launch event gets. `completed` must be called once, whatever happened. */
export interface RibbonEvent {
  completed: (options?: { allowEvent?: boolean; errorMessage?: string }) => void;
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
