/** Names of headers whose values are nobody's business. Events with new PINs in clear exist (VoicemailPasswordChange), so it is by name, in both directions. */
const secretName = /secret|passw|pin$|^key$|newpassword|authkey|token/i;

/** Events that are dropped before anybody sees them: they show a PIN in clear to every session that reads class user or system. */
export const secretEvents: ReadonlySet<string> = new Set(['VoicemailPasswordChange']);

/** Fields of an action or event as a log may show them: secrets replaced, long texts cut. */
export function maskFields(fields: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, secretName.test(name) ? '***' : value.slice(0, 80)]));
}
