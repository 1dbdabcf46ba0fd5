import { renderButton_unstable, useButton_unstable } from '@fluentui/react-components';
import type { ButtonProps } from '@fluentui/react-components';
import type { ReactNode } from 'react';

/** What the pane uses of Fluent's button, and what styles/button.css therefore draws. */
type Wanted = ButtonProps & {
  appearance?: 'primary' | 'secondary' | 'subtle' | 'transparent';
  size?: 'small' | 'medium';
  shape?: never;
  iconPosition?: never;
  /** A button of an icon alone is class `bare`. */
  children: ReactNode;
};

/**
 * Fluent's button with its own state and markup, drawn by styles/button.css: Fluent's rules for all looks, shapes and sizes are 7 KB of the 110 that
 * the first panel may weigh. This is the way that Fluent gives for variants: its hook, other classes, its renderer.
 */
export function Button(props: Wanted) {
  const state = useButton_unstable(props, null);
  const size = state.size === 'small' ? ' button-small' : '';
  state.root.className = `fui-Button button-${state.appearance}${size} ${state.root.className ?? ''}`;
  if (state.icon !== undefined) state.icon.className = 'fui-Button__icon';
  return renderButton_unstable(state);
}
