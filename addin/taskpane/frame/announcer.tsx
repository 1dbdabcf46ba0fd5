import { useCallback, useEffect, useRef, useState } from 'react';

/** At most one sentence in so many ms; a newer one replaces one that waits (ux.md section 8). */
const PAUSE_MS = 5000;

/** One polite live region for the whole pane. */
export function useAnnouncer(): { text: string; announce: (text: string) => void } {
  const [text, setText] = useState('');
  const waiting = useRef<string | undefined>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  const announce = useCallback((sentence: string) => {
    function speak(next: string): void {
      setText(next);
      timer.current = setTimeout(() => {
        timer.current = undefined;
        const held = waiting.current;
        waiting.current = undefined;
        if (held !== undefined) speak(held);
      }, PAUSE_MS);
    }
    if (timer.current === undefined) speak(sentence);
    else waiting.current = sentence;
  }, []);

  useEffect(() => () => clearTimeout(timer.current), []);
  return { text, announce };
}

export function Announcer({ text }: { text: string }) {
  return (
    <div className="unseen" role="status" aria-live="polite">
      {text}
    </div>
  );
}
