import { TheirError } from '../../../../domain/errors.ts';
import type { AmiConnection } from './connection.ts';

/**
 * Logs in. `events` is the mask: 'off' for the connection that carries actions, classes for the one that carries events.
 * Throws TheirError 'denied' with the line to change when Asterisk refuses (it takes about a second to say so and then closes).
 */
export async function login(connection: AmiConnection, { connector, username, secret, events, deadlineMs, signal }: {
  connector: string;
  username: string;
  secret: string;
  events: string;
  deadlineMs: number;
  signal: AbortSignal;
}): Promise<void> {
  const reply = await connection.action('Login', { Username: username, Secret: secret, Events: events }, { deadlineMs, signal });
  if (reply.isSuccess) return;
  throw new TheirError(connector, 'denied', `Asterisk refused the login of the manager user "${username}"`, {
    remedy: `In manager.conf, section [${username}], compare "secret =" with ours and look at "permit =" and "deny ="; then run "manager reload" in the Asterisk console.`,
  });
}
