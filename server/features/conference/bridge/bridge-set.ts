import { TheirError } from '../../../domain/errors.ts';
import type { ConferenceBridge } from '../../../ports/conference-bridge.ts';
import type { BridgeState } from '../conference.ts';
import type { ConferenceDeps } from '../deps.ts';

/** Which bridges serve a conference, and what their states add up to. Pure. */

/** One bridge of a conference, as it stands. `since` epoch ms, UTC. */
export interface ServingBridge {
  instance: string;
  state: BridgeState;
  since: number;
  error: string | null;
  members: number;
  isLocked: boolean;
}

/**
 * The chosen bridge, and a telephone bridge beside it when the chosen one has no dial-in of its own: whoever cannot come by browser dials.
 * The two are two rooms: nobody here carries sound from one to the other (docs/connect-jitsi.md).
 */
export function bridgesFor(deps: Pick<ConferenceDeps, 'bridges'>, chosen: string): ConferenceBridge[] {
  const main = deps.bridges.find((each) => each.instance === chosen);
  if (!main) return [];
  if (main.capabilities.dialIn) return [main];
  const phone = deps.bridges.find((each) => each.capabilities.dialIn);
  return phone ? [main, phone] : [main];
}

/** @throws TheirError 'unavailable' when it is no longer configured. */
export function bridgeNamed(deps: Pick<ConferenceDeps, 'bridges'>, instance: string): ConferenceBridge {
  const bridge = deps.bridges.find((each) => each.instance === instance);
  if (bridge) return bridge;
  throw new TheirError(instance, 'unavailable', 'is no longer configured', { remedy: `Connect a bridge called "${instance}", or move its conferences.` });
}

/** Numbers to dial for a conference on this bridge. */
export function numbersFor(deps: Pick<ConferenceDeps, 'bridges'>, chosen: string): readonly { country: string; number: string }[] {
  return bridgesFor(deps, chosen).find((each) => each.dialIn.length > 0)?.dialIn ?? [];
}

/** The one of them that a browser can come into; undefined when there is none. */
export function webBridgeFor(deps: Pick<ConferenceDeps, 'bridges'>, chosen: string): ConferenceBridge | undefined {
  return bridgesFor(deps, chosen).find((each) => each.capabilities.joinLinks);
}

/** The one of them that can call people; undefined when there is none. */
export function callingBridgeFor(deps: Pick<ConferenceDeps, 'bridges'>, chosen: string): ConferenceBridge | undefined {
  return bridgesFor(deps, chosen).find((each) => each.capabilities.dialOut);
}

/** What several bridges add up to: what is still to be done weighs most; people are people wherever they are. */
export function sumOf(bridges: readonly ServingBridge[]): { state: BridgeState; error: string | null; members: number } {
  const order: readonly BridgeState[] = ['pending', 'closing', 'agreed', 'closed', 'none'];
  return {
    state: order.find((state) => bridges.some((each) => each.state === state)) ?? 'none',
    error: bridges.find((each) => each.error !== null)?.error ?? null,
    members: bridges.reduce((sum, each) => sum + each.members, 0),
  };
}
