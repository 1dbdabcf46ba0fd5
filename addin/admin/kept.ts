import { isUnsaved } from './parts/settings/layer-state.ts';
import type { LayerState } from './parts/settings/layer-state.ts';
import { makeStore } from './parts/store.ts';
import type { Store } from './parts/store.ts';
import { unsavedOf } from './sections/templates/shown.ts';
import type { Shown } from './sections/templates/shown.ts';

/** What was written on the page; sections come and go, this stays. */
export interface Kept {
  /** Settings that were looked at, with what is not saved of them. */
  layers: Store<LayerState>;
  templates: Store<Shown>;
  /** What else was typed and not sent, by name; nothing stands here for what is as it was. */
  drafts: Store<string>;
}

export function makeKept(): Kept {
  return { layers: makeStore<LayerState>(), templates: makeStore<Shown>(), drafts: makeStore<string>() };
}

/** Whether something would be lost with the page. */
export function hasUnsaved({ layers, templates, drafts }: Kept): boolean {
  return layers.all().some(isUnsaved) || templates.all().some((shown) => Object.keys(unsavedOf(shown)).length > 0) || drafts.all().length > 0;
}

/** Calls `changed` whenever something was written or saved; returns the way out. */
export function followKept({ layers, templates, drafts }: Kept, changed: () => void): () => void {
  const stops = [layers, templates, drafts].map((store) => store.subscribe(changed));
  return () => stops.forEach((stop) => stop());
}
