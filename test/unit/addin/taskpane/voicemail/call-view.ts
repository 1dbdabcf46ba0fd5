import type { CallView } from '../../../../../contract/people/calls.ts';

export type CallOutcomeCode = NonNullable<CallView['outcome']>;

const voicemailId = crypto.randomUUID();

/** A call that played a message, ended well; every part can be told otherwise. */
export function callView(over: Partial<CallView>): CallView {
  return { id: crypto.randomUUID(), pbx: 'pbx', phone: '201', number: '', voicemailId, state: 'ended', outcome: 'done', askedAt: '2026-11-21T09:51:00Z', ...over };
}
