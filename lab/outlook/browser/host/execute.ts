import { ServerError } from '../api.ts';
import type { Permission } from '../manifest/types.ts';
import type { Channel } from './channel.ts';
import { HostError, errorCode } from './errors.ts';
import type { OpenItem } from './item.ts';
import { methods } from './methods/index.ts';
import { record } from './params.ts';
import type { Request, ResponseContent } from './protocol.ts';
import { invokeError } from './protocol.ts';
import type { Services } from './services.ts';

const permissionOrder: Permission[] = ['Restricted', 'ReadItem', 'ReadWriteItem', 'ReadWriteMailbox'];
const customProperties = 3;
const ewsRequest = 5;
const tokens = new Set([2, 12]);

/** The answer's form differs for four old calls (outlook-host.md §7). */
function success(dispid: number, data: unknown): object {
  if (dispid === customProperties) return { wasSuccessful: true, customProperties: data };
  if (tokens.has(dispid)) return { wasSuccessful: true, token: data };
  if (dispid === ewsRequest) return { wasProxySuccessful: true, body: data };
  return { error: false, data };
}

function failure(dispid: number, code: number): object {
  if (dispid === customProperties) return { wasSuccessful: false, errorMessage: '' };
  if (tokens.has(dispid)) return { wasSuccessful: false, errorCode: code };
  if (dispid === ewsRequest) return { wasProxySuccessful: false, errorMessage: 'ErrorAccessDenied' };
  return { error: true, errorCode: code };
}

function codeOf(error: unknown): number {
  if (error instanceof HostError) return error.code;
  if (error instanceof ServerError) return errorCode.saving;
  throw error;
}

export function isAllowed(granted: Permission, needed: Permission): boolean {
  return permissionOrder.indexOf(granted) >= permissionOrder.indexOf(needed);
}

export interface ExecuteOptions {
  services: Services;
  item: OpenItem | null;
  channel: Channel;
  request: Request;
  /** The code that a test set for this call, or null. */
  plannedFailure: (dispid: number) => number | null;
}

/** Answers `ExecuteMethod`, the channel of the Outlook API. */
export async function execute({ services, item, channel, request, plannedFailure }: ExecuteOptions): Promise<ResponseContent> {
  const { ApiParams, MethodData } = record(request._data);
  const dispid = Number(record(MethodData)['DispatchId']);
  const planned = plannedFailure(dispid);
  if (planned !== null) return { data: failure(dispid, planned) };
  const method = methods[dispid];
  if (!method) return { data: failure(dispid, errorCode.notSupported) };
  if (!isAllowed(services.manifest.permission, method.needs)) return { data: failure(dispid, errorCode.accessRestricted), errorCode: invokeError.accessDenied };
  try {
    return { data: success(dispid, await method.run({ services, item, channel, params: record(ApiParams), raw: ApiParams })) };
  } catch (error) {
    return { data: failure(dispid, codeOf(error)) };
  }
}
