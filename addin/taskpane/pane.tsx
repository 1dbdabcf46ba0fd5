import { Suspense, lazy, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { onItemChanged } from '../office/events.ts';
import { itemKind } from '../office/item.ts';
import type { ItemKind } from '../office/item.ts';
import { looksLikeVoicemail } from '../office/our-mail.ts';
import { isDark, onThemeChanged } from '../office/theme.ts';
import type { Server } from '../talk/server.ts';
import { Announcer, useAnnouncer } from './frame/announcer.tsx';
import { PanelIsThere, firstWords } from './frame/first-words.ts';
import { Me } from './frame/me.tsx';
import type { Behind } from './frame/more.tsx';
import { frameSignal, watchSignal } from './frame/signal.ts';
import { Tabs } from './frame/tabs.tsx';
import { readOpening, tabFor } from './opening.ts';
import type { Tab } from './opening.ts';
import { Failure } from './parts/failure.tsx';
import { Skeleton } from './parts/skeleton.tsx';
import { Surround } from './surroundings.tsx';
import { darkStyle, lightStyle } from './theme.ts';
import type { Spoken } from './spoken.ts';

/** Only the panel in view is in the page, and none is loaded before it is wanted. */
const panels = {
  compose: lazy(async () => ({ default: (await import(/* webpackChunkName: "compose" */ './panels/meeting/compose.tsx')).Compose })),
  sent: lazy(async () => ({ default: (await import(/* webpackChunkName: "sent" */ './panels/meeting/sent.tsx')).Sent })),
  next: lazy(async () => ({ default: (await import(/* webpackChunkName: "sent" */ './panels/meeting/next.tsx')).Next })),
  people: lazy(async () => ({ default: (await import(/* webpackChunkName: "people" */ './panels/people/people.tsx')).People })),
  voicemail: lazy(async () => ({ default: (await import(/* webpackChunkName: "voicemail" */ './panels/voicemail/voicemail.tsx')).Voicemail })),
};

/** Parts of the frame that may be missing: what cannot be loaded leaves the rest alone. */
const nobody = { default: () => null };
const Later = lazy(() => firstWords.then(() => import(/* webpackChunkName: "later" */ './frame/later.tsx')).then((all) => ({ default: all.Later }), () => nobody));
const PlayingBar = lazy(() => import(/* webpackChunkName: "voicemail" */ './panels/voicemail/playing-bar.tsx').then((all) => ({ default: all.PlayingBar }), () => nobody));

const AvailabilityAnswered = lazy(async () => ({ default: (await import(/* webpackChunkName: "people" */ './panels/shown/answered.tsx')).AvailabilityAnswered }));
const More = lazy(async () => ({ default: (await import(/* webpackChunkName: "more" */ './frame/more.tsx')).More }));

/** Meeting is three panels in one place: it depends on the item beside it (ux.md section 2). */
function panelFor(tab: Tab, kind: ItemKind): keyof typeof panels {
  if (tab !== 'meeting') return tab;
  if (kind === 'appointment-compose') return 'compose';
  return kind === 'appointment-read' ? 'sent' : 'next';
}

/** The item beside the pane: its kind, and a number that grows when another one comes. */
function useItem() {
  const [item, setItem] = useState(() => ({ kind: itemKind(), number: 0 }));
  useEffect(() => {
    // Where a pane cannot be pinned there is no such event, and nothing to follow.
    onItemChanged(() => setItem((before) => ({ kind: itemKind(), number: before.number + 1 }))).catch(() => undefined);
  }, []);
  return item;
}

/** For the life of the pane: neither Outlook nor the system forgets a handler. */
function subscribeTheme(changed: () => void): () => void {
  onThemeChanged(changed);
  return () => undefined;
}

/** The tab follows the item until a person picks one; the pick holds until the kind of item changes. */
function useTab(kind: ItemKind, first: Tab | undefined): [Tab, (tab: Tab) => void] {
  const [picked, setPicked] = useState<{ tab: Tab; kind: ItemKind } | undefined>(first === undefined ? undefined : { tab: first, kind });
  const tab = picked !== undefined && picked.kind === kind ? picked.tab : tabFor(kind);
  return [tab, (next) => setPicked({ tab: next, kind })];
}

export function Pane({ server, spoken }: { server: Server; spoken: Spoken }) {
  const item = useItem();
  const opening = useMemo(() => readOpening(location.search), []);
  // A mail about a voicemail opens where nothing does: on Voicemail.
  const [tab, pick] = useTab(looksLikeVoicemail(new URL(server.origin).hostname) ? 'none' : item.kind, opening.tab);
  const { sound } = useSyncExternalStore(watchSignal, frameSignal);
  const [behind, setBehind] = useState<Behind | undefined>(undefined);
  const announcer = useAnnouncer();
  const dark = useSyncExternalStore(subscribeTheme, isDark);
  const moreButton = useRef<HTMLButtonElement>(null);
  const Panel = panels[panelFor(tab, item.kind)];
  const { announce } = announcer;
  const surroundings = useMemo(
    () => ({ server, ...spoken, kind: item.kind, itemNumber: item.number, opening, openSettings: () => setBehind('settings'), announce }),
    [server, spoken, item.kind, item.number, opening, announce],
  );

  return (
    <div className={dark ? 'provider dark' : 'provider'} style={dark ? darkStyle : lightStyle}>
      <Surround value={surroundings}>
        <main className="pane">
          {behind !== undefined ? (
            <Suspense fallback={<Skeleton text={spoken.words.more} />}>
              <More
                shown={behind}
                show={setBehind}
                close={() => {
                  setBehind(undefined);
                  requestAnimationFrame(() => moreButton.current?.focus());
                }}
              />
            </Suspense>
          ) : (
            <>
              <Me mine={() => setBehind('availability')} more={() => setBehind('menu')} moreButton={moreButton} />
              <Tabs selected={tab} pick={pick} />
              <section className="body" id="panel" role="tabpanel" aria-labelledby={`tab-${tab}`}>
                {opening.availability === undefined ? null : (
                  <Suspense>
                    <AvailabilityAnswered answer={opening.availability} />
                  </Suspense>
                )}
                <Suspense>
                  <Later />
                </Suspense>
                <Failure key={tab}>
                  <Suspense fallback={<Skeleton text={spoken.words.loading.first} />}>
                    <Panel key={item.number} />
                    <PanelIsThere />
                  </Suspense>
                </Failure>
                <Suspense>{sound ? <PlayingBar /> : null}</Suspense>
              </section>
            </>
          )}
          <Announcer text={announcer.text} />
        </main>
      </Surround>
    </div>
  );
}
