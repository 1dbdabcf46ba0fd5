import { TheirError } from '../../domain/errors.ts';
import { semaphore } from '../../outbound/semaphore.ts';
import type { Clock } from '../../ports/clock.ts';
import { connect } from './client/connection.ts';
import type { ImapConnection, Proof } from './client/connection.ts';
import { isSignInRefusal } from './client/errors.ts';
import type { createTokens } from './client/tokens.ts';
import type { ImapConfig } from './config.ts';

export interface SignInOptions {
  config: ImapConfig;
  env: Readonly<Record<string, string | undefined>>;
  ca: () => Promise<string | undefined>;
  tokens: ReturnType<typeof createTokens>;
  clock: Clock;
  /** Told of every attempt: null when it worked. */
  onContact: (trouble: TheirError | null) => void;
}

/** Opens connections, a few at a time. A token that is refused is asked for anew once: it may have been taken back before its time. */
export function createSignIn({ config, env, ca, tokens, clock, onContact }: SignInOptions): (login: string, hooks: { onChange: () => void; onOver: () => void }) => Promise<ImapConnection> {
  const { instance, auth, connections, deadlines } = config;
  const places = semaphore(clock, connections.opening);

  async function proofOf(login: string): Promise<Proof> {
    if (tokens) return { token: await tokens.of(login) };
    const variable = auth.masterUser?.passwordEnv ?? '';
    const password = env[variable];
    if (!password) throw new TheirError(instance, 'denied', `the environment variable ${variable} is empty`, { remedy: `Set ${variable} to the master user's password and start again.` });
    return { masterUser: auth.masterUser?.user ?? '', password };
  }

  async function attempt(login: string, hooks: { onChange: () => void; onOver: () => void }): Promise<ImapConnection> {
    const proof = await proofOf(login);
    const trusted = await ca();
    try {
      return await connect({ config, ca: trusted, login, proof, clock, ...hooks });
    } catch (error) {
      if (!tokens || !('token' in proof) || !isSignInRefusal(error)) throw error;
      tokens.drop(login, proof.token);
      return await connect({ config, ca: trusted, login, proof: await proofOf(login), clock, ...hooks });
    }
  }

  return async (login, hooks) => {
    const leave = await places.enter(deadlines.commandMs);
    if (!leave) throw new TheirError(instance, 'throttled', 'too many connections are being opened', { retryAfterMs: 5_000 });
    try {
      const connection = await attempt(login, hooks);
      onContact(null);
      return connection;
    } catch (error) {
      if (error instanceof TheirError) onContact(error);
      throw error;
    } finally {
      leave();
    }
  };
}
