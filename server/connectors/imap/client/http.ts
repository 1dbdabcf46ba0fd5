import { Agent, fetch } from 'undici';
import { TheirError } from '../../../domain/errors.ts';
import { withDeadline } from '../../../outbound/deadline.ts';
import { trusting } from '../../../outbound/trusted.ts';
import type { Clock } from '../../../ports/clock.ts';

export interface FormPost {
  /** Posts a form and gives status and text. Throws TheirError for everything but an answer. Redirects are not followed: a secret is in the form. */
  (url: string, form: Readonly<Record<string, string>>): Promise<{ status: number; text: string; retryAfter: string | null }>;
}

/** Token answers are a few KB. */
const longestAnswer = 256 * 1024;

/** The only HTTP that this connector speaks: asking for tokens. */
export function createFormPost({ connector, clock, ms, ca }: { connector: string; clock: Clock; ms: number; ca: () => Promise<string | undefined> }): { post: FormPost; close: () => Promise<void> } {
  let agent: Agent | undefined;

  async function dispatcher(): Promise<Agent> {
    const secureContext = trusting([await ca()]);
    agent ??= new Agent({ headersTimeout: 0, bodyTimeout: 0, connect: { timeout: ms, ...(secureContext && { secureContext }) } });
    return agent;
  }

  return {
    post: (url, form) => withDeadline({ clock, connector, what: 'ask for a token', ms }, async (signal) => {
      try {
        const answer = await fetch(url, { method: 'POST', body: new URLSearchParams(form), signal, redirect: 'manual', dispatcher: await dispatcher() });
        const text = await answer.text();
        return { status: answer.status, text: text.slice(0, longestAnswer), retryAfter: answer.headers.get('retry-after') };
      } catch (cause) {
        if (signal.aborted && signal.reason instanceof Error) throw signal.reason;
        throw new TheirError(connector, 'unavailable', `the sign-in service at ${new URL(url).host} does not answer`, { cause, remedy: 'See that the address of the token endpoint is right and that this server may reach it.' });
      }
    }),
    async close() {
      await agent?.destroy();
      agent = undefined;
    },
  };
}
