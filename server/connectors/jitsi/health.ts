import type { ConnectorStatus, Gap } from '../../ports/connector.ts';
import type { TheirError } from '../../domain/errors.ts';
import type { JitsiConfig } from './config.ts';

/** Everything that the state of the connector is made of. */
export interface HealthFacts {
  config: JitsiConfig;
  secret: string;
  reservationSecret: string;
  /** The variable of the system key holds something, and it is a key. */
  key: 'none' | 'broken' | 'good';
  /** Null before the first look; then how it ended. */
  look: { trouble: TheirError | null } | null;
}

/** HMAC with SHA-256 wants a key as long as the hash (RFC 7518, 3.2). */
const shortestSecret = 32;

function gapsOf({ config, secret, reservationSecret, key, look }: HealthFacts): Gap[] {
  const gaps: Gap[] = [];
  const needs = (capability: string, reason: string, remedy: string): void => void gaps.push({ capability, reason, remedy });
  if (secret === '') needs('joinLinks', `The environment variable ${config.secretEnv} is empty.`, 'Set it to app_secret of Prosody\'s token authentication, and start again.');
  else if (secret.length < shortestSecret) needs('secret', 'The secret of the token authentication is so short that it can be guessed from one link.', `Use ${shortestSecret} characters or more, here and in Prosody.`);
  if (reservationSecret === '') needs('conference', `The environment variable ${config.reservationSecretEnv} is empty: Prosody's questions are refused, and no room opens.`, 'Set it to a long random word, here and in reservations_api_headers of Prosody.');
  if (key === 'broken') needs('end', `${config.prosody?.keyEnv ?? 'The key'} holds no RSA private key.`, 'Make one: openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048');
  if (config.prosody && key === 'none') needs('end', 'There is no key by which meetings are ended.', 'Name one under prosody.keyEnv; see docs/connect-jitsi.md.');
  if (!config.prosody) needs('participants', 'Prosody is not asked who is in.', 'Set prosody.url; see docs/connect-jitsi.md.');
  if (look?.trouble) needs('conference', look.trouble.message, look.trouble.remedy ?? 'See that it runs and that the addresses are right; we keep trying.');
  return gaps;
}

/** State, capabilities and gaps, from facts alone. What a site does without on purpose is a gap and no fault: it works all the same. */
export function health(facts: HealthFacts): Pick<ConnectorStatus, 'state' | 'capabilities' | 'gaps'> {
  const gaps = gapsOf(facts);
  const lost = new Set(gaps.map((gap) => gap.capability));
  const isRefused = facts.secret === '' || facts.reservationSecret === '' || facts.key === 'broken' || facts.look?.trouble?.fault === 'denied';
  const isUp = facts.look !== null && facts.look.trouble === null;
  const state = isRefused ? 'refused' : facts.look === null ? 'starting' : !isUp ? 'down' : lost.has('secret') ? 'limited' : 'ready';
  const all = ['conference', 'joinLinks', ...(facts.config.dialIn.length > 0 ? ['dialIn'] : []), ...(facts.config.prosody ? ['participants'] : []), ...(facts.key === 'good' ? ['kick', 'end'] : [])];
  return { state, gaps, capabilities: isUp ? all.filter((each) => !lost.has(each)) : [] };
}
