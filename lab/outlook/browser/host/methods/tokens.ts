import { ServerError } from '../../api.ts';
import { HostError, errorCode } from '../errors.ts';
import type { Call, Methods } from './method.ts';
import { anywhere } from './method.ts';

/** Retired in all Microsoft 365 tenants: refused, unless the lab plays a mailbox on premises. */
async function identityToken({ services }: Call): Promise<string> {
  if (services.user.accountType !== 'enterprise') throw new HostError(errorCode.token);
  return services.api.identityToken(services.user.address);
}

export const tokenMethods: Methods = {
  2: anywhere('ReadItem', identityToken),
  // Exchange Web Services are blocked in Exchange Online (office-addin.md §6).
  5: anywhere('ReadWriteMailbox', () => {
    throw new HostError(errorCode.generic);
  }),
  12: anywhere('ReadItem', () => {
    throw new HostError(errorCode.token);
  }),
};

/** Single sign-on failures that Entra tells by number. */
const singleSignOnCodes = /^130\d\d$/;

/** The Office error code of a refused access token: the server's own (13001…), or "internal" (13006) when it did not answer. */
export function tokenErrorCode(error: unknown): number {
  return error instanceof ServerError && singleSignOnCodes.test(error.code) ? Number(error.code) : 13_006;
}
