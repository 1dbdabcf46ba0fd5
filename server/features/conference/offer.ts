import type { OfferView } from '../../../contract/conference/conference.ts';
import { UserError } from '../../domain/errors.ts';
import type { ConferenceBridge } from '../../ports/conference-bridge.ts';
import { callingBridgeFor, numbersFor } from './bridge/bridge-set.ts';
import type { ConferenceDeps } from './deps.ts';

/** What can be chosen for a conference here: bridges, languages, templates. */

/** A bridge that gives links is opened in a browser; every other one is dialled. */
export function kindOf(bridge: ConferenceBridge | undefined): 'phone' | 'video' {
  return bridge?.capabilities.joinLinks ? 'video' : 'phone';
}

/** Countries in which a conference on this bridge has a number, in the order of the configuration. */
export function countriesOf(deps: Pick<ConferenceDeps, 'bridges'>, instance: string): string[] {
  return [...new Set(numbersFor(deps, instance).map(({ country }) => country))];
}

/** The bridge of a conference; undefined when it is no longer configured. */
export function findBridge(deps: Pick<ConferenceDeps, 'bridges'>, instance: string): ConferenceBridge | undefined {
  return deps.bridges.find((each) => each.instance === instance);
}

/** Can somebody be called into a conference on this bridge? */
export function callsOut(deps: Pick<ConferenceDeps, 'bridges'>, instance: string): boolean {
  return callingBridgeFor(deps, instance) !== undefined;
}

export async function offerOf(deps: ConferenceDeps, tenantId: string): Promise<OfferView> {
  return {
    types: deps.bridges.map((bridge) => ({ id: bridge.instance, kind: kindOf(bridge), countries: countriesOf(deps, bridge.instance), callsOut: callsOut(deps, bridge.instance) })),
    languages: [...deps.languages],
    templates: await deps.templatesOf(tenantId),
  };
}

/** @throws UserError 422 for a bridge that is not connected, 503 when none is. */
export function neededBridge(deps: Pick<ConferenceDeps, 'bridges'>, wanted: string | undefined): ConferenceBridge {
  const bridge = wanted === undefined ? deps.bridges[0] : findBridge(deps, wanted);
  if (bridge) return bridge;
  throw new UserError(wanted === undefined ? 503 : 422, {
    code: 'bridge-unknown', field: 'bridge',
    message: wanted === undefined ? 'No conference bridge is connected.' : `There is no conference bridge called "${wanted}".`,
    remedy: 'An administrator names a bridge under "connectors" in the configuration.',
  });
}

/** The wanted language when it is offered; what was asked for by name and is not offered is refused, what the browser prefers is not. */
export function languageOf(deps: Pick<ConferenceDeps, 'languages'>, preferred: string, demanded: string | undefined): string {
  if (deps.languages.includes(preferred)) return preferred;
  if (demanded === undefined) return deps.languages[0] ?? 'en';
  throw new UserError(422, {
    code: 'language-not-offered', field: 'language', message: `Invites are not offered in "${demanded}".`,
    remedy: `Choose one of: ${deps.languages.join(', ')}.`,
  });
}

/** @throws UserError 422 for a country that this bridge has no number in. */
export function neededCountries(deps: Pick<ConferenceDeps, 'bridges'>, instance: string, wanted: readonly string[]): string[] {
  const known = countriesOf(deps, instance);
  const strange = wanted.find((country) => !known.includes(country));
  if (strange === undefined) return [...new Set(wanted)];
  throw new UserError(422, {
    code: 'country-unknown', field: 'countries', message: `This conference has no number in "${strange}".`,
    remedy: known.length === 0 ? 'Choose none.' : `Choose among: ${known.join(', ')}.`,
  });
}

/** @throws UserError 422 for a template that is not there. */
export async function needTemplate(deps: Pick<ConferenceDeps, 'templatesOf'>, tenantId: string, id: string): Promise<void> {
  const known = await deps.templatesOf(tenantId);
  if (known.some((each) => each.id === id)) return;
  throw new UserError(422, { code: 'template-unknown', field: 'template', message: 'There is no such template.', remedy: 'Choose another one, or none.' });
}
