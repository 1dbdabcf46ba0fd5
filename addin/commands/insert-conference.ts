import { foreignName } from '../../invitation/foreign-name.ts';
import type { PutOutcome, Trouble } from '../invite/outcome.ts';
import { putConference } from '../invite/put.ts';
import { say } from '../office/bar.ts';
import type { BarKind } from '../office/bar.ts';
import type { Server } from '../talk/server.ts';
import type { BarWords } from '../../words/bar/en.ts';
import { languageOf } from '../../words/pick.ts';

/** A number with the separators of a language: "1,400". */
function grouped(count: number, language: string): string {
  return new Intl.NumberFormat(language).format(count);
}

function troubleText(trouble: Trouble, words: BarWords, language: string): string {
  if (trouble.kind === 'full') return words.full(grouped(trouble.over, language));
  if (trouble.kind === 'not-allowed') return words.notAllowed;
  if (trouble.kind === 'signed-out') return words.signIn;
  if (trouble.kind === 'outlook') return words.outlookRefused;
  return words.unreachable;
}

async function loadBar(language: string): Promise<BarWords> {
  if (languageOf(language) === 'de') return (await import(/* webpackChunkName: "bar-de" */ '../../words/packs/bar-de.ts')).bar;
  return (await import(/* webpackChunkName: "bar-en" */ '../../words/packs/bar-en.ts')).bar;
}

/** What the bar says about an outcome. */
export function barText(outcome: PutOutcome, words: BarWords, language: string): { kind: BarKind; text: string } {
  if (outcome.done === 'nothing') return { kind: 'error', text: troubleText(outcome.trouble, words, language) };
  const foreign = outcome.foreign[0];
  if (foreign !== undefined) return { kind: 'info', text: words.foreign(foreignName(foreign)) };
  if (outcome.locationFull) return { kind: 'info', text: words.locationFull };
  if (outcome.done === 'added') return { kind: 'info', text: words.added };
  return { kind: 'info', text: outcome.done === 'current' ? words.current : words.renewed };
}

/** The button *Add conference*. Never throws: what went wrong stands in the bar. */
export async function insertConference(server: Server, language: string): Promise<void> {
  const words = await loadBar(language);
  // Not awaited: the bar is a courtesy, and the server can be asked meanwhile.
  const told = say('progress', words.adding);
  const outcome = await putConference(server, { idempotencyKey: crypto.randomUUID() });
  const { kind, text } = barText(outcome, words, language);
  await told;
  await say(kind, text);
}
