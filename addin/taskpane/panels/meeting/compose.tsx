import { Suspense, lazy, useEffect, useRef, useState } from 'react';
import { focusBack } from '../../parts/focus-back.ts';
import { Skeleton } from '../../parts/skeleton.tsx';
import { useSurroundings } from '../../surroundings.tsx';
import { Card } from './card.tsx';
import { CardFooter } from './card-footer.tsx';
import { needsSignIn } from './needs-sign-in.ts';
import { None } from './none.tsx';
import type { PageName } from './page-name.ts';
import { Troubles } from './troubles.tsx';
import { useInvite } from './use-invite.ts';

/** States that few invites are in. */
const SignedOut = lazy(async () => ({ default: (await import(/* webpackChunkName: "signed-out" */ './signed-out.tsx')).SignedOut }));
const Unread = lazy(async () => ({ default: (await import(/* webpackChunkName: "later" */ './unread.tsx')).Unread }));
const Page = lazy(async () => ({ default: (await import(/* webpackChunkName: "choices" */ './pages.tsx')).Page }));
const Findings = lazy(async () => ({ default: (await import(/* webpackChunkName: "findings" */ './findings.tsx')).Findings }));

/** An appointment that is being written. */
export function Compose() {
  const { meeting: words, words: pane, opening, announce } = useSurroundings();
  const [shown, actions] = useInvite();
  const [page, setPage] = useState<PageName | undefined>(undefined);
  const asked = useRef(opening.asked);

  const { busy, invite, removed, trouble } = shown;
  useEffect(() => {
    // The ribbon's *Remove conference* has answered the question already; it counts once.
    if (busy !== undefined || asked.current !== 'remove') return;
    asked.current = undefined;
    if (shown.id !== undefined) actions.remove();
  }, [busy, shown.id, actions]);
  useEffect(() => {
    // *Choose type…* with a conference in the invite; without one the panel itself shows the types.
    if (busy !== undefined || asked.current !== 'type') return;
    asked.current = undefined;
    if (invite !== undefined) setPage('type');
  }, [busy, invite]);

  const sentence = busy === 'adding' ? words.adding : busy === 'updating' ? words.updating : removed === undefined ? undefined : words.removed;
  useEffect(() => {
    if (sentence !== undefined) announce(sentence);
  }, [sentence, announce]);

  if (needsSignIn(trouble)) return <SignedOut done={actions.reload} />;
  if (busy === 'loading') return <Skeleton text={pane.loading.conference} retry={actions.reload} />;
  if (shown.id === undefined) return <None shown={shown} actions={actions} words={words} />;
  if (invite === undefined) return <Unread shown={shown} actions={actions} words={words} />;

  if (page !== undefined) {
    const close = (): void => {
      setPage(undefined);
      focusBack(page);
    };
    return (
      <Suspense fallback={<Skeleton text={words.title} />}>
        <Page name={page} invite={invite} change={actions.change} frame={{ close, notice: <Troubles shown={shown} actions={actions} />, wait: busy === undefined ? undefined : words.updating }} words={words} />
      </Suspense>
    );
  }
  return (
    <>
      <div className="panel">
        <Troubles shown={shown} actions={actions} />
        <Suspense>
          <Findings invite={invite} actions={actions} open={setPage} />
        </Suspense>
        <Card invite={invite} busy={busy !== undefined} open={setPage} change={actions.change} restore={actions.restore} words={words} />
      </div>
      <CardFooter invite={invite} busy={busy} preview={() => setPage('preview')} remove={actions.remove} words={words} />
    </>
  );
}
