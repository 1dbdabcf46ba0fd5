import { MoreHorizontalRegular } from '@fluentui/react-icons/svg/more-horizontal';
import { Suspense, lazy } from 'react';
import type { RefObject } from 'react';
import { ownName } from '../../office/context.ts';
import { useSurroundings } from '../surroundings.tsx';
import { firstWords } from './first-words.ts';
import { initials } from './initials.ts';

const MeState = lazy(() => firstWords.then(() => import(/* webpackChunkName: "people" */ './me-state.tsx')).then(({ MeState: shown }) => ({ default: shown })));

/** My own state: shape and word first; opens *My availability*. As long as nobody tells it, it says that it is not known. */
export function Me({ mine, more, moreButton }: { mine: () => void; more: () => void; moreButton: RefObject<HTMLButtonElement | null> }) {
  const { words } = useSurroundings();
  const name = ownName();
  return (
    <header className="me">
      <button type="button" className="row" data-page="availability" title={words.myState} onClick={mine}>
        <Suspense
          fallback={
            <>
              <span className="picture" aria-hidden="true">
                {initials(name)}
              </span>
              <span className="two-lines">
                <b>{name === '' ? 'Tieline' : name}</b>
                <small>{words.stateUnknown}</small>
              </span>
            </>
          }
        >
          <MeState letters={initials(name)} name={name} />
        </Suspense>
      </button>
      <button type="button" className="bare" aria-label={words.more} title={words.more} onClick={more} ref={moreButton}>
        <MoreHorizontalRegular />
      </button>
    </header>
  );
}
