import { CheckmarkCircleFilled } from '@fluentui/react-icons/svg/checkmark-circle';
import { CircleRegular } from '@fluentui/react-icons/svg/circle';
import { DismissCircleRegular } from '@fluentui/react-icons/svg/dismiss-circle';
import { TimerRegular } from '@fluentui/react-icons/svg/timer';
import type { BadgeLook } from './status.ts';

/** Each look has a shape of its own, so that it can be told without colours. */
const icons = { amber: TimerRegular, green: CheckmarkCircleFilled, grey: CircleRegular, red: DismissCircleRegular };

export function Badge({ look, text }: { look: BadgeLook; text: string }) {
  const Icon = icons[look];
  return (
    <span className={`badge ${look}`}>
      <Icon aria-hidden="true" />
      {text}
    </span>
  );
}
