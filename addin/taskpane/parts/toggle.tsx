/** On or off. A switch of our own: Fluent's weighs more than this whole panel may. */
export function Toggle({ on, labelledBy, disabled, turn }: { on: boolean; labelledBy: string; disabled: boolean; turn: (on: boolean) => void }) {
  return (
    <button
      type="button"
      role="switch"
      className="toggle"
      aria-checked={on}
      aria-labelledby={labelledBy}
      aria-disabled={disabled}
      onClick={() => {
        if (!disabled) turn(!on);
      }}
    >
      <i />
    </button>
  );
}
