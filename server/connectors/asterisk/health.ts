import type { ConnectorStatus, Gap } from '../../ports/connector.ts';
import type { HubFacts } from './hub.ts';

/** Everything that the state of the connector is made of. */
export interface HealthFacts {
  hub: HubFacts;
  /** The secret's variable is empty. */
  secretGap: Gap | null;
  /** Callers cannot be let in. */
  dialInGap: Gap | null;
  /** Events are hidden from us. */
  silenceGap: Gap | null;
  soundGaps: Gap[];
  /** What works and what is missing of voicemail and of calling from Outlook, where they are configured. */
  features: readonly { works: string[]; gaps: Gap[] }[];
}

const allCapabilities = ['conference', 'dialIn', 'participants', 'events', 'mute', 'kick', 'lock'] as const;

/** What needs the class that a gap names. */
const lostWith: Record<string, readonly string[]> = {
  conference: allCapabilities,
  participants: ['conference', 'participants', 'mute', 'kick', 'lock'],
  kick: ['conference', 'mute', 'kick', 'lock'],
  dialIn: ['conference', 'dialIn'],
  events: ['events'],
  prompts: [],
};

function linkGap(capability: string, facts: HubFacts): Gap {
  return {
    capability,
    reason: facts.trouble?.message ?? 'There is no connection to the manager.',
    remedy: facts.trouble?.remedy ?? 'See that Asterisk runs and that ami.host and ami.port are right; we keep trying.',
  };
}

function gapsOf(facts: HealthFacts): Gap[] {
  const { hub } = facts;
  const gaps: (Gap | null)[] = [facts.secretGap];
  if (!facts.secretGap && hub.trouble && !hub.isActionsUp) gaps.push(linkGap('conference', hub));
  if (!facts.secretGap && hub.trouble && hub.isActionsUp && !hub.isEventsUp) gaps.push(linkGap('events', hub));
  gaps.push(...(hub.probe?.gaps ?? []), facts.dialInGap, facts.silenceGap, ...facts.soundGaps, ...(hub.isActionsUp ? facts.features.flatMap((each) => each.gaps) : []));
  return gaps.filter((gap) => gap !== null);
}

function stateOf({ hub, secretGap, features }: HealthFacts, gaps: Gap[]): ConnectorStatus['state'] {
  const isWhole = hub.isActionsUp && hub.isEventsUp;
  if (secretGap || (!isWhole && hub.trouble?.fault === 'denied')) return 'refused';
  if (!hub.isActionsUp) return hub.trouble ? 'down' : 'starting';
  if (!hub.probe) return 'starting';
  if (!hub.isEventsUp && !hub.trouble) return 'starting';
  if ([...hub.probe.gaps, ...features.flatMap((each) => each.gaps)].some((gap) => gap.remedy.includes('manager.conf'))) return 'refused';
  return gaps.length > 0 ? 'limited' : 'ready';
}

/** State, capabilities and gaps, from facts alone. */
export function health(facts: HealthFacts): Pick<ConnectorStatus, 'state' | 'capabilities' | 'gaps' | 'version'> {
  const gaps = gapsOf(facts);
  const state = stateOf(facts, gaps);
  const works = facts.hub.isActionsUp && facts.hub.probe !== null;
  const lost = new Set(gaps.flatMap((gap) => lostWith[gap.capability] ?? []));
  const version = facts.hub.probe?.version ?? '';
  return {
    state,
    capabilities: works ? [...allCapabilities.filter((each) => !lost.has(each)), ...facts.features.flatMap((each) => each.works)] : [],
    gaps,
    ...(version === '' ? {} : { version: `Asterisk ${version}` }),
  };
}
