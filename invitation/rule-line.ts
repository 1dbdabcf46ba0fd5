/** A line of dashes, as our plain text begins and ends with one; clients change their kind. */
const RULE = /^[-_=–—─]{8,}$/;

export function isRuleText(text: string): boolean {
  return RULE.test(text);
}
