import { createSecureContext, rootCertificates, type SecureContext } from 'node:tls';

/** By what is trusted besides. There are as many as a configuration names files of certificate authorities; a file that is changed makes one more. */
const made = new Map<string, SecureContext>();
const mostKept = 20;

/**
 * Trust in these certificate authorities (PEM) besides the public ones; undefined for none, which is what Node does by itself. Reading some 140 public authorities takes 45 ms of a processor, so connections, connectors
 * and whatever else trusts the same share one.
 */
export function trusting(more: readonly (string | undefined)[]): SecureContext | undefined {
  const ca = more.filter((each) => each !== undefined);
  if (ca.length === 0) return undefined;
  const key = ca.join('\n');
  const context = made.get(key) ?? createSecureContext({ ca: [...rootCertificates, ...ca], minVersion: 'TLSv1.2' });
  if (made.size >= mostKept) made.clear();
  made.set(key, context);
  return context;
}
