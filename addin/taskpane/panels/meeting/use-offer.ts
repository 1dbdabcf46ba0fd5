import { useCallback } from 'react';
import type { OfferView } from '../../../../contract/conference/conference.ts';
import { choicesOf } from '../../../talk/choices.ts';
import { useAsked } from '../../parts/use-asked.ts';
import type { Asked } from '../../parts/use-asked.ts';
import { useSurroundings } from '../../surroundings.tsx';

/** What can be chosen for a conference here; asked when a page needs it. */
export function useOffer(): Asked<OfferView> {
  const { server } = useSurroundings();
  return useAsked(useCallback(() => choicesOf(server.transport).offer(), [server]));
}
