import { ArrowLeftRegular } from '@fluentui/react-icons/svg/arrow-left';
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { Panel } from './panel.tsx';
import { useSurroundings } from '../surroundings.tsx';

interface SecondPageProps {
  /** Name of the page that it came from. */
  back: string;
  /** Missing where the page begins with a heading of its own. */
  title?: string | undefined;
  close: () => void;
  children: ReactNode;
  /** Nothing in it takes focus. */
  still?: boolean;
  /** What is wrong, above everything else. */
  notice?: ReactNode;
  /** What is being waited for. */
  wait?: string | undefined;
}

/** A page behind a row, with the way back. There is no third level, and no browser history: the host takes it away. */
export function SecondPage({ back, title, close, children, still = false, notice, wait }: SecondPageProps) {
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
        <small className="waiting">{wait}</small>
      </div>
      <Panel still={still ? (title ?? back) : undefined}>
        {notice}
        {title === undefined ? null : <h2><bdi>{title}</bdi></h2>}
        {children}
      </Panel>
    </>
  );
}
