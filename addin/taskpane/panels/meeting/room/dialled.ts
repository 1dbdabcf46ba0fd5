/** A number to call, as people write it: digits with a + in front, without what they put between. */
export function dialled(text: string): string {
  return text.replaceAll(/[^\d+]/g, '').replace(/(?!^)\+/g, '');
}
