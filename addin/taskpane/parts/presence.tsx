import { PresenceAvailableFilled } from '@fluentui/react-icons/svg/presence-available';
import { PresenceAwayFilled } from '@fluentui/react-icons/svg/presence-away';
import { PresenceBusyFilled } from '@fluentui/react-icons/svg/presence-busy';
import { PresenceDndFilled } from '@fluentui/react-icons/svg/presence-dnd';
import { PresenceOofRegular } from '@fluentui/react-icons/svg/presence-oof';
import { PresenceUnknownRegular } from '@fluentui/react-icons/svg/presence-unknown';
import type { AvailabilityView } from '../../../contract/availability.ts';

type Face = AvailabilityView['state']['face'];

/** Shapes and colours of states, the one table of the pane (ux.md section 7). Colours are of the theme, by class. */
const shapes = {
  available: ['available', PresenceAvailableFilled],
  meeting: ['busy', PresenceBusyFilled],
  busy: ['busy', PresenceBusyFilled],
  doNotDisturb: ['busy', PresenceDndFilled],
  away: ['away', PresenceAwayFilled],
  outOfOffice: ['out', PresenceOofRegular],
  vacation: ['out', PresenceOofRegular],
  custom: ['available', PresenceAvailableFilled],
  unknown: ['unknown', PresenceUnknownRegular],
} as const;

/** The shape of a state; the word stands beside it. A state of one's own has the shape of what the phone does. */
export function Presence({ state, old = false }: { state: Pick<AvailabilityView['state'], 'face' | 'availability'> | null; old?: boolean }) {
  const named: Face | 'unknown' = state === null || old ? 'unknown' : state.face === 'custom' ? state.availability : state.face;
  // A newer server may know faces that this pane does not.
  const [colour, Icon] = shapes[named in shapes ? named : 'unknown'];
  return <Icon className={`presence ${colour}`} aria-hidden="true" />;
}
