import { useEffect, useState } from 'react';
import { useStandsForWords } from '../frame/first-words.ts';
import { Button } from './button.tsx';
import { Panel } from './panel.tsx';
import { useSurroundings } from '../surroundings.tsx';

/** ux.md section 2: nothing for 300 ms, then a skeleton; "longer than usual" from 5 s; a way out from 10 s. */
const STAGES_MS = [300, 5000, 10_000];

/** Rows that stand for what is coming. */
export function Skeleton({ text, retry }: { text: string; retry?: () => void }) {
  const { words } = useSurroundings();
  const [stage, setStage] = useState(0);
  useStandsForWords();
  useEffect(() => {
    const timers = STAGES_MS.map((ms, index) => setTimeout(() => setStage(index + 1), ms));
    return () => timers.forEach((timer) => clearTimeout(timer));
  }, []);
  const canRetry = stage > 2 && retry !== undefined;
  if (stage === 0) return <Panel busy />;
  return (
    <Panel still={canRetry ? undefined : text} busy>
      <div className="skeleton" aria-hidden="true">
        {[60, 100, 85, 70].map((width) => (
          <i key={width} style={{ width: `${width}%` }} />
        ))}
      </div>
      <p className="quiet" role="status">
        {stage > 1 ? words.loading.slow : text}
      </p>
      {canRetry ? <Button onClick={retry}>{words.tryAgain}</Button> : null}
    </Panel>
  );
}
