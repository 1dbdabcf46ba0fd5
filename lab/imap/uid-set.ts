/** Members of a set like `1:4,9,12:*` among `numbers` (rising). `*` is the largest; `9:*` names it even when it is smaller, as RFC 3501 has it. */
export function membersOf(set: string, numbers: readonly number[]): number[] {
  const largest = numbers.at(-1) ?? 0;
  const value = (text: string): number => (text === '*' ? largest : Number(text));
  const ranges = set.split(',').map((part) => {
    const [from = '', to = from] = part.split(':');
    return [Math.min(value(from), value(to)), Math.max(value(from), value(to))] as const;
  });
  return numbers.filter((number) => ranges.some(([from, to]) => number >= from && number <= to));
}

/** Numbers (rising) as a set, runs drawn together. */
export function setOf(numbers: readonly number[]): string {
  const parts: string[] = [];
  for (let at = 0; at < numbers.length; ) {
    let end = at;
    while (numbers[end + 1] === (numbers[end] ?? 0) + 1) end++;
    parts.push(end === at ? String(numbers[at]) : `${numbers[at]}:${numbers[end]}`);
    at = end + 1;
  }
  return parts.join(',');
}
