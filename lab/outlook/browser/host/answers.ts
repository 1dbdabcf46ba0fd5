import type { Answers, Channel } from './channel.ts';
import type { Commands } from './commands.ts';
import { executeDda } from './dda.ts';
import type { Dialogs } from './dialogs.ts';
import { eventName, payload } from './events.ts';
import { execute } from './execute.ts';
import type { Failures } from './failures.ts';
import type { OpenItem } from './item.ts';
import { record } from './params.ts';
import type { Request } from './protocol.ts';
import type { Services } from './services.ts';

export interface AnswersOptions {
  services: Services;
  failures: Failures;
  commands: Commands;
  dialogs: Dialogs;
  item: () => OpenItem | null;
  context: (channel: Channel) => object;
  initialData: () => object;
  /** A page told the host something by number: focus, Tab, Esc. */
  told: (channel: Channel, action: number) => void;
}

function notified(request: Request): number {
  const { _data } = request;
  return Array.isArray(_data) ? Number(_data[1]) : Number.NaN;
}

/** What the host answers to each kind of message. */
export function createAnswers(options: AnswersOptions): Answers {
  const { services, failures, commands, dialogs } = options;
  return {
    async invoke(channel, request) {
      switch (request._actionName) {
        case 'ContextActivationManager_getAppContextAsync':
          return { data: options.context(channel) };
        case 'GetInitialData':
          return { data: options.initialData() };
        case 'ExecuteMethod':
          return execute({ services, item: options.item(), channel, request, plannedFailure: failures.take });
        case 'executeMethod':
          return executeDda({ services, channel, request, commands, dialogs, plannedFailure: failures.take });
        case 'ContextActivationManager_notifyHost':
          options.told(channel, notified(request));
          return { data: null };
        case 'ContextActivationManager_openWindowInHost':
          window.open(String(record(request._data)['strUrl']), '_blank', 'noopener');
          return { data: null };
        default:
          return { data: null };
      }
    },
    nested: services.nested.answer,
    register(channel, event, data) {
      if (event === eventName.dialogMessage) return dialogs.open(channel, record(data)['targetId']);
      // This script is older than Office.context.officeTheme (Mailbox 1.14): a page that wants to know the theme is told when it registers.
      if (event === eventName.themeChanged) void services.clock.soon().then(() => channel.fire(event, payload.themeChanged(services.page.theme())));
      return 0;
    },
    unregister(channel, event) {
      if (event === eventName.dialogMessage) dialogs.close(channel);
    },
  };
}
