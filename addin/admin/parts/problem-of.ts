import type { AdminWords } from '../../../words/admin.ts';
import { TalkFault } from '../../talk/fault.ts';
import { SignInFault } from '../../talk/sign-in.ts';
import type { Problem } from './problem.tsx';

/** True when nothing but a sign-in helps. */
export function isSignedOut(fault: unknown): boolean {
  return fault instanceof SignInFault || (fault instanceof TalkFault && fault.kind === 'signed-out');
}

/** What a failed request means; the server's own words where it has some. */
export function problemOf(fault: unknown, words: AdminWords): Problem {
  const problem = fault instanceof TalkFault ? fault.problem : undefined;
  if (problem === undefined) return { lead: words.away.title, text: words.away.text, reference: '' };
  return { lead: problem.detail ?? words.failed, text: problem.remedy ?? '', reference: problem.correlationId, field: problem.field };
}
