import type { Channel } from './channel.ts';
import type { Commands } from './commands.ts';
import type { Dialogs } from './dialogs.ts';
import { errorCode } from './errors.ts';
import { tokenErrorCode } from './methods/tokens.ts';
import { optionalText, record } from './params.ts';
import type { Request, ResponseContent } from './protocol.ts';
import type { Services } from './services.ts';

/** Calls common to all Office programs (outlook-host.md §8). */
export const ddaCall = { completed: 94, closeContainer: 97, accessToken: 98, messageParent: 144, messageChild: 145 } as const;

export interface DdaOptions {
  services: Services;
  channel: Channel;
  request: Request;
  commands: Commands;
  dialogs: Dialogs;
  plannedFailure: (dispid: number) => number | null;
}

function answer(error: number, more: object = {}): ResponseContent {
  return { data: { Version: 1, Error: error, ...more } };
}

async function accessToken({ services }: DdaOptions): Promise<ResponseContent> {
  // 13003: only work accounts of Microsoft 365 have single sign-on, no mailbox on premises.
  if (services.user.accountType === 'enterprise') return answer(13_003);
  try {
    return answer(0, { accessToken: await services.api.token(services.user.address) });
  } catch (error) {
    return answer(tokenErrorCode(error));
  }
}

/** Answers `executeMethod`, the channel that all Office programs share. */
export async function executeDda(options: DdaOptions): Promise<ResponseContent> {
  const { services, channel, request, commands, dialogs, plannedFailure } = options;
  const params = record(request._data);
  const dispid = Number(record(params['DdaMethod'])['DispatchId']);
  const planned = plannedFailure(dispid);
  if (planned !== null) return answer(planned);
  switch (dispid) {
    case ddaCall.completed:
      commands.completed(optionalText(params, '0'), Number(params['1']), optionalText(params, '2'));
      return answer(0);
    case ddaCall.closeContainer:
      services.page.closePane();
      return answer(0);
    case ddaCall.accessToken:
      return accessToken(options);
    case ddaCall.messageParent:
      return answer(dialogs.tellParent(channel, optionalText(params, 'messageToParent')));
    case ddaCall.messageChild:
      return answer(dialogs.tellChild(channel, optionalText(params, 'messageContent')));
    default:
      return answer(errorCode.notSupported);
  }
}
