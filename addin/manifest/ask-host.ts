import type { Answer } from './finding.ts';

/** A host that has not answered by then is down for Outlook as well. */
const patienceMs = 10_000;
/** As many as a browser asks one host at once. */
const atOnce = 6;

/**
 * Asks the add-in's host for each address, as Outlook does: without following it elsewhere. Never throws: who does not answer has status 0.
 * For a host with a certificate of one's own, NODE_EXTRA_CA_CERTS names its authority.
 */
export async function askHost(addresses: readonly string[]): Promise<Map<string, Answer>> {
  const answers = new Map<string, Answer>();
  const waiting = [...addresses];
  const work = async (): Promise<void> => {
    for (let address = waiting.shift(); address !== undefined; address = waiting.shift()) answers.set(address, await ask(address));
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return answers;
}

async function ask(address: string): Promise<Answer> {
  try {
    const response = await fetch(address, { redirect: 'manual', signal: AbortSignal.timeout(patienceMs) });
    await response.body?.cancel();
    return { status: response.status, cacheControl: response.headers.get('cache-control') ?? '' };
  } catch {
    return { status: 0, cacheControl: '' };
  }
}
