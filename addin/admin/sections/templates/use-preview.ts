import { useEffect, useState } from 'react';
import type { PreviewResponse } from '../../../../contract/conference/template.ts';
import { useSurroundings } from '../../surroundings.tsx';
import { calls } from './calls.ts';
import type { Draft } from './draft.ts';

/** So long nobody types before the server is asked, ms. */
const QUIET_MS = 300;

/** The block of a draft, as the server renders it; the last good one while a new one is on its way, or when it cannot be had. */
export function usePreview(draft: Draft, language: string): PreviewResponse | undefined {
  const { transport } = useSurroundings();
  const [shown, setShown] = useState<PreviewResponse | undefined>(undefined);
  const { id, content, locked } = draft;
  useEffect(() => {
    const end = new AbortController();
    const timer = setTimeout(() => {
      // A logo whose words are still to come is none yet; saving asks for them.
      const isUnsaid = content.logo !== null && content.logo !== 'off' && content.logo.text.trim() === '';
      const request = { template: id, content: isUnsaid ? { ...content, logo: 'off' as const } : content, locked: [...locked], language };
      calls.preview(transport, request, end.signal).then(setShown, () => undefined);
    }, QUIET_MS);
    return () => {
      clearTimeout(timer);
      end.abort();
    };
  }, [transport, id, content, locked, language]);
  return shown;
}
