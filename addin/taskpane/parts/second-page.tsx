import { ArrowLeftRegular } from '@fluentui/react-icons/svg/arrow-left';
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { Panel } from './panel.tsx';
import { useSurroundings } from '../surroundings.tsx';

/** A page behind a row, with the way back. There is no third level, and no browser history: the host takes it away. */
export function SecondPage({ back, title, close, children, still = false }: { back: string; title: string; close: () => void; children: ReactNode; still?: boolean }) {
  const { words } = useSurroundings();
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => button.current?.focus(), []);
  return (
    <>
      <div className="second-page">
        <button type="button" className="bare" aria-label={words.back(back)} title={words.back(back)} onClick={close} ref={button}>
          <ArrowLeftRegular />
        </button>
        <b>{back}</b>
      </div>
      <Panel still={still}>
        <h2>{title}</h2>
        {children}
      </Panel>
    </>
  );
}
