import { DialogClosed, askInDialog } from '../office/dialog.ts';
import { reasonOf } from './rungs.ts';
import type { ReadEntra } from './rungs.ts';
import type { Rung } from './sign-in.ts';

function tokenIn(message: string): string {
  const answer: unknown = JSON.parse(message);
  if (typeof answer === 'object' && answer !== null) {
    if ('token' in answer && typeof answer.token === 'string') return answer.token;
    if ('error' in answer) throw new Error(String(answer.error));
  }
  throw new Error('the window gave no token');
}

/** A window of our own with the ordinary sign-in page; for Outlooks without the other two. */
export function dialogRung(page: string, settings: ReadEntra): Rung {
  let token: string | undefined;
  return {
    name: 'dialog',
    isHere: async () => (await settings()) !== null,
    silent: async (renew) => {
      if (token === undefined || renew) throw new Error('a window is needed');
      return token;
    },
    ask: async () => {
      token = tokenIn(await askInDialog(page));
      return token;
    },
    reasonOf: (fault) => (fault instanceof DialogClosed ? 'signed-out' : reasonOf(fault)),
  };
}
