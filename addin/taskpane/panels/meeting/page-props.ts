import type { ReactNode } from 'react';
import type { ChangeRequest } from '../../../../contract/conference/conference.ts';
import type { MeetingWords } from '../../../../words/meeting/en.ts';
import type { InInvite } from '../../../invite/outcome.ts';

/** The way back, what is wrong, and what is being waited for: the same on every page. */
export interface PageFrame {
  close: () => void;
  notice: ReactNode;
  wait: string | undefined;
}

/** What every second page gets. A choice is saved at once, and the page stays: what it shows is what stands. */
export interface PageProps {
  invite: InInvite;
  change: (change: Omit<ChangeRequest, 'version'>) => void;
  frame: PageFrame;
  words: MeetingWords;
}
