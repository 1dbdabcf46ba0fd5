import { HostError, errorCode } from '../errors.ts';
import type { Notification, NotificationAction } from '../notifications.ts';
import { notificationTypes } from '../notifications.ts';
import type { Params } from '../params.ts';
import { integer, optionalText, records, text } from '../params.ts';
import type { Methods } from './method.ts';
import { onItem } from './method.ts';

/** Limits of the script (outlook-host.md §9.7). */
const longestKey = 32;
const longestMessage = 150;
const longestIcon = 32;

function actionOf(params: Params): NotificationAction {
  return { actionType: text(params, 'actionType'), actionText: optionalText(params, 'actionText'), commandId: text(params, 'commandId'), contextData: params['contextData'] };
}

function notificationOf(params: Params): Notification {
  const type = notificationTypes[integer(params, 'type')];
  if (!type) throw new HostError(errorCode.invalidParameter);
  return {
    key: text(params, 'key', longestKey),
    type,
    message: text(params, 'message', longestMessage),
    ...(type === 'informationalMessage' || type === 'insightMessage' ? { icon: text(params, 'icon', longestIcon) } : {}),
    ...(typeof params['persistent'] === 'boolean' ? { persistent: params['persistent'] } : {}),
    ...(Array.isArray(params['actions']) ? { actions: records(params, 'actions').map(actionOf) } : {}),
  };
}

export const notificationMethods: Methods = {
  33: onItem('ReadItem', ({ item, params }) => item.notifications.add(notificationOf(params))),
  34: onItem('ReadItem', ({ item }) => item.notifications.all),
  35: onItem('ReadItem', ({ item, params }) => item.notifications.replace(notificationOf(params))),
  36: onItem('ReadItem', ({ item, params }) => item.notifications.remove(text(params, 'key', longestKey))),
};
