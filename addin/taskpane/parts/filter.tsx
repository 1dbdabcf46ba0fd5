/** A few ways to look at one list; pressed is the one that is shown. */
export function Filter<Value extends string>({ name, value, options, choose }: { name: string; value: Value; options: readonly { value: Value; title: string }[]; choose: (value: Value) => void }) {
  return (
    <div className="filter" role="group" aria-label={name}>
      {options.map((option) => (
        <button key={option.value} type="button" aria-pressed={option.value === value} onClick={() => choose(option.value)}>
          {option.title}
        </button>
      ))}
    </div>
  );
}
