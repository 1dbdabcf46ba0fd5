import type { Permission } from '../../manifest/types.ts';
import type { Channel } from '../channel.ts';
import { HostError, errorCode } from '../errors.ts';
import type { OpenItem } from '../item.ts';
import { isCompose } from '../item.ts';
import type { Params } from '../params.ts';
import type { Services } from '../services.ts';

export interface Call { services: Services; item: OpenItem | null; channel: Channel; params: Params; /** As it was sent: some calls send an array. */ raw: unknown }
export interface ItemCall extends Call { item: OpenItem }

/** One call of the Outlook API: the least permission that it needs, and what it answers. Throws HostError. */
export interface Method { needs: Permission; run: (call: Call) => unknown }
export type Methods = Record<number, Method>;

/** API call that this place of Outlook does not offer. */
const notSupportedHere = 9032;

/** A call that needs no item. */
export function anywhere(needs: Permission, run: (call: Call) => unknown): Method {
  return { needs, run };
}

/** A call on the open item, whether it is read or composed. */
export function onItem(needs: Permission, run: (call: ItemCall) => unknown): Method {
  return {
    needs,
    run(call) {
      if (!call.item) throw new HostError(errorCode.noItem);
      return run({ ...call, item: call.item });
    },
  };
}

/** A call that only a form in which something is composed offers. */
export function onForm(needs: Permission, run: (call: ItemCall) => unknown): Method {
  return onItem(needs, (call) => {
    if (!isCompose(call.item)) throw new HostError(notSupportedHere);
    return run(call);
  });
}
