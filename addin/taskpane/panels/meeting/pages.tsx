import type { ReactNode } from 'react';
import type { ChangeRequest } from '../../../../contract/conference.ts';
import type { MeetingWords } from '../../../../words/meeting/en.ts';
import type { InInvite } from '../../../invite/outcome.ts';
import type { PageName } from './page-name.ts';
import { LanguagePage } from './pages/language-page.tsx';
import { NumbersPage } from './pages/numbers-page.tsx';
import { PreviewPage } from './pages/preview-page.tsx';
import { RolesPage } from './pages/roles-page.tsx';
import { TypePage } from './pages/type-page.tsx';

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

const pages = { numbers: NumbersPage, type: TypePage, roles: RolesPage, language: LanguagePage, preview: PreviewPage };

/** The second page of that name. */
export function Page({ name, ...props }: PageProps & { name: PageName }) {
  const Shown = pages[name];
  return <Shown {...props} />;
}
