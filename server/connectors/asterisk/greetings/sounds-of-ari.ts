import { z } from 'zod';
import { TheirError } from '../../../domain/errors.ts';
import { type AriAddress, ariRequest } from '../client/ari/request.ts';
import { listed, soundName } from './sound-name.ts';

/** Asterisk reads its folders anew for each sound that it lists: some seconds for the stock sounds of a few languages. */
const deadlineMs = 15_000;
/** 600 stock sounds of one language are 90 KB. */
const mostBytes = 8 * 1024 * 1024;

const answer = z.array(z.object({ id: z.string(), formats: z.array(z.object({ language: z.string() })) }));

/** `GET /sounds`: what lies below folders of Asterisk's sounds; files beside these folders it does not list. Throws TheirError. */
export async function soundsOfAri(address: AriAddress, own: string): Promise<readonly string[]> {
  const { status, body } = await ariRequest(address, { method: 'GET', path: '/sounds', deadlineMs, mostBytes });
  // "No sounds found that matched the query"
  if (status === 404) return [];
  if (status !== 200) throw new TheirError(address.connector, status >= 500 ? 'unavailable' : 'refused', `ARI answered ${status} when asked for its sounds`, { remedy: 'In the Asterisk console, "module show like res_ari_sounds" must list it as running.' });
  const read = answer.safeParse(parsed(body.toString('utf8')));
  if (!read.success) throw new TheirError(address.connector, 'unreadable', 'ARI does not list its sounds as expected', { cause: read.error });
  return listed(read.data.flatMap(({ id, formats }) => formats.map(({ language }) => soundName(language, id))), own);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // No JSON is no list; the caller says so.
    return null;
  }
}
