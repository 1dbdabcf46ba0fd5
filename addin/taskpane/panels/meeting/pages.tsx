import { lazy } from 'react';
import type { PageName } from './page-name.ts';
import type { PageProps } from './page-props.ts';
import { LanguagePage } from './pages/language-page.tsx';
import { NumbersPage } from './pages/numbers-page.tsx';
import { PreviewPage } from './pages/preview-page.tsx';
import { RolesPage } from './pages/roles-page.tsx';
import { TypePage } from './pages/type-page.tsx';

/** Guests have the same page, without the others. */
const RoomPage = lazy(async () => ({ default: (await import(/* webpackChunkName: "room" */ './room/room-page.tsx')).RoomPage }));

function RoomOfInvite({ invite, frame }: PageProps) {
  return <RoomPage id={invite.conference.id} close={frame.close} />;
}

const pages = { numbers: NumbersPage, type: TypePage, roles: RolesPage, language: LanguagePage, preview: PreviewPage, room: RoomOfInvite };

/** The second page of that name. */
export function Page({ name, ...props }: PageProps & { name: PageName }) {
  const Shown = pages[name];
  return <Shown {...props} />;
}
