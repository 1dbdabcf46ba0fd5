import { TheirError } from '../../../domain/errors.ts';

/** Codes of node:tls that mean: we do not trust who answered. */
const untrusted = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT', 'SELF_SIGNED_CERT_IN_CHAIN', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'UNABLE_TO_GET_ISSUER_CERT', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID', 'CERT_UNTRUSTED', 'ERR_TLS_CERT_ALTNAME_INVALID',
]);

function codeOf(error: unknown): string {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    if ('code' in at && typeof at.code === 'string') return at.code;
  }
  return '';
}

/** A connection that failed, as TheirError: 'no-answer', with what an administrator can look at. Only the host of `url` is told. */
export function networkError(connector: string, what: string, url: string, error: unknown): TheirError {
  if (error instanceof TheirError) return error;
  const { host } = new URL(url);
  const code = codeOf(error);
  if (error instanceof RangeError) return new TheirError(connector, 'unreadable', `${what}: ${error.message}`, { cause: error });
  if (untrusted.has(code)) {
    return new TheirError(connector, 'no-answer', `${what}: the certificate of ${host} is not trusted (${code})`, {
      cause: error, remedy: 'If a proxy opens TLS on the way, name its certificate authority in caFile. Else see that the address and the clock of this machine are right.',
    });
  }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return new TheirError(connector, 'no-answer', `${what}: the name ${host} cannot be resolved`, { cause: error, remedy: `See that this machine's DNS knows ${host}.` });
  }
  return new TheirError(connector, 'no-answer', `${what}: no answer from ${host}${code === '' ? '' : ` (${code})`}`, {
    cause: error, remedy: `Let this machine reach ${host} on its port (443 unless told otherwise).`,
  });
}
