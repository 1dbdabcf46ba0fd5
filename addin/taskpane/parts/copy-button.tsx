import { CheckmarkRegular } from '@fluentui/react-icons/svg/checkmark';
import { CopyRegular } from '@fluentui/react-icons/svg/copy';
import { useEffect, useState } from 'react';
import { useSurroundings } from '../surroundings.tsx';
import { copyText } from './copy-text.ts';

/** How long the tick stands, ms. */
const TICK_MS = 2000;

export function CopyButton({ text, label }: { text: string; label: string }) {
  const { words, announce } = useSurroundings();
  const [copied, setCopied] = useState(0);
  useEffect(() => {
    if (copied === 0) return undefined;
    const timer = setTimeout(() => setCopied(0), TICK_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  async function copy(): Promise<void> {
    if (!(await copyText(text))) return;
    setCopied((count) => count + 1);
    announce(words.copied);
  }
  return (
    <button type="button" className="bare" aria-label={label} title={label} onClick={() => void copy()}>
      {copied === 0 ? <CopyRegular /> : <CheckmarkRegular />}
    </button>
  );
}
