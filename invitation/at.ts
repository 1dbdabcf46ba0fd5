/**
 * The element that the code around it knows to be there.
 *
 * @throws RangeError when that knowledge was wrong: a fault of ours, never of the input.
 */
export function at<T>(list: readonly T[], index: number): T {
  const element = list[index];
  if (element === undefined) throw new RangeError(`no element ${index} in a list of ${list.length}`);
  return element;
}
