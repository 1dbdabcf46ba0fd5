import type { ConferenceView, InviteBlock } from '../../contract/conference/conference.ts';
import type { ForeignService } from '../../invitation/foreign.ts';

/** What stopped an operation. Each has its message in ux.md section 6. */
export type Trouble =
  | { kind: 'unreachable'; reference: string }
  | { kind: 'signed-out' }
  | { kind: 'not-allowed'; reference: string }
  /** The body would be too long by `over` characters. */
  | { kind: 'full'; over: number }
  /** Outlook refused to read or write the item; `code` is its own. */
  | { kind: 'outlook'; call: string; code: number }
  /** Somebody changed the conference meanwhile. */
  | { kind: 'changed-elsewhere' }
  /** The server refused for a reason of its own. */
  | { kind: 'refused'; code: string; detail: string; remedy: string; reference: string };

/** A conference as an invite has it. */
export interface InInvite {
  conference: ConferenceView;
  block: InviteBlock;
}

/** What putting a conference into the invite came to. */
export type PutOutcome =
  | { done: 'added' | 'renewed' | 'current'; invite: InInvite; foreign: ForeignService[]; locationFull: boolean; kept: readonly string[] }
  | { done: 'nothing'; trouble: Trouble };

/** What taking it out came to. `parts`: the frame was gone, words of ours may remain. */
export type RemoveOutcome = { done: 'removed' | 'parts' | 'none'; invite: InInvite | undefined } | { done: 'nothing'; trouble: Trouble };
