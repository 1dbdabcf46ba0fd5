import type { FluentIcon } from '@fluentui/react-icons';
import { PresenceAvailableFilled } from '@fluentui/react-icons/svg/presence-available';
import { PresenceAwayFilled } from '@fluentui/react-icons/svg/presence-away';
import { PresenceBusyFilled } from '@fluentui/react-icons/svg/presence-busy';
import { PresenceDndFilled } from '@fluentui/react-icons/svg/presence-dnd';
import { PresenceOofRegular } from '@fluentui/react-icons/svg/presence-oof';
import { PresenceUnknownRegular } from '@fluentui/react-icons/svg/presence-unknown';
import { colourOf } from '../../../contract/availability/look.ts';
import type { AvailabilityView } from '../../../contract/availability/availability.ts';

type Drawn = keyof typeof colourOf;

/** Shapes of states (ux.md section 7); their colours are of the theme, by class. */
const shapes = {
  available: PresenceAvailableFilled,
  meeting: PresenceBusyFilled,
  busy: PresenceBusyFilled,
  doNotDisturb: PresenceDndFilled,
  away: PresenceAwayFilled,
  outOfOffice: PresenceOofRegular,
  vacation: PresenceOofRegular,
  unknown: PresenceUnknownRegular,
} as const satisfies Record<Drawn, FluentIcon>;

/** How a state is drawn. A state of one's own has the shape of what the phone does; old news, and faces that only a newer server knows, that of not known. */
export function lookOf(state: Pick<AvailabilityView['state'], 'face' | 'availability'> | null, old = false): { Icon: FluentIcon; colour: string } {
  const named = state === null || old ? 'unknown' : state.face === 'custom' ? state.availability : state.face;
  const drawn: Drawn = Object.hasOwn(shapes, named) ? named : 'unknown';
  return { Icon: shapes[drawn], colour: colourOf[drawn] };
}
