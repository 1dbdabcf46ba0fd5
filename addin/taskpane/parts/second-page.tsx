import { ArrowLeftRegular } from '@fluentui/react-icons/svg/arrow-left';
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { useSurroundings } from '../surroundings.tsx';

/** A page behind a row, with the way back. There is no third level, and no browser history: the host takes it away. */
export function SecondPage({ back, title, close, children }: { back: string; title: string; close: () => void; children: ReactNode }) {
  const { words } = useSurroundings();
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => button.current?.focus(), []);
  return (
    <>
      <div className="second-page">
        <button type="button" className="bare" aria-label={words.back(back)} title={words.back(back)} onClick={close} ref={button}>
          <ArrowLeftRegular />
        </button>
        <h2>{title}</h2>
      </div>
      <div className="panel">{children}</div>
    </>
  );
}
