import type { SettingsDescription, SettingsView } from '../../../../contract/account/settings.ts';
import { isChanged } from './draft.ts';
import type { LayerDraft } from './draft.ts';
import type { Merged } from './merge.ts';

/** One layer's settings of one feature, as they stand on the page; every form of them shows the same. */
export interface LayerState {
  view: SettingsView;
  draft: LayerDraft;
  description: SettingsDescription | undefined;
  saved: boolean;
  /** Somebody else saved first: what came of both, until it is decided. */
  conflict: Merged | undefined;
}

export function isUnsaved({ view, draft }: LayerState): boolean {
  return isChanged(view, draft);
}
