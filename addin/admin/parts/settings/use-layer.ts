import { useCallback, useEffect, useSyncExternalStore } from 'react';
import { settingsRoutes } from '../../../../contract/account/settings-routes.ts';
import type { SettingsDescription, SettingsResponse, SettingsView } from '../../../../contract/account/settings.ts';
import { TalkFault } from '../../../talk/fault.ts';
import { useSurroundings } from '../../surroundings.tsx';
import { get } from '../get.ts';
import { useTask } from '../use-task.ts';
import type { Task } from '../use-task.ts';
import { changeFor, draftOf } from './draft.ts';
import type { LayerDraft } from './draft.ts';
import { isUnsaved } from './layer-state.ts';
import type { LayerState } from './layer-state.ts';
import { mergedOver, yielded } from './merge.ts';
import type { Merged } from './merge.ts';
import { layerRoutes } from './whose.ts';
import type { Whose } from './whose.ts';

/** One layer's settings of one feature, being edited. */
export interface Layer {
  whose: Whose;
  /** Undefined until the server has told. */
  view: SettingsView | undefined;
  description: SettingsDescription | undefined;
  draft: LayerDraft | undefined;
  saved: boolean;
  conflict: Merged | undefined;
  task: Task;
  change: (draft: LayerDraft) => void;
  save: () => void;
  /** What was changed and not saved goes. */
  discard: () => void;
  /** Ends the conflict: where both changed the same, mine stays or theirs is taken. */
  settle: (keeps: 'mine' | 'theirs') => void;
}

/** Of two who save, the second gets both on the screen and loses nothing; what is not saved outlives a change of section. */
export function useLayer(feature: string, { scope, id }: Whose): Layer {
  const { transport, kept: { layers } } = useSurroundings();
  const name = `${feature} ${scope} ${id}`;
  const state = useSyncExternalStore(layers.subscribe, () => layers.read(name));
  const task = useTask();
  const { run } = task;

  const read = useCallback(async (): Promise<SettingsView> => {
    return (await get<SettingsResponse>(transport, layerRoutes[scope].read, 'settings', { params: { feature, [scope]: id } })).settings;
  }, [transport, feature, scope, id]);
  const put = useCallback(
    (change: Partial<LayerState>) => {
      const now = layers.read(name);
      if (now !== undefined) layers.write(name, { ...now, ...change });
    },
    [layers, name],
  );
  const load = useCallback(() => {
    run(async () => {
      const view = await read();
      const { features } = await get<{ features: SettingsDescription[] }>(transport, settingsRoutes.described, 'features', {});
      const now = layers.read(name);
      // Somebody typed while the server was asked, or before another section was looked at.
      if (now !== undefined && isUnsaved(now)) return;
      layers.write(name, { view, draft: draftOf(view), description: features.find((each) => each.feature === feature), saved: false, conflict: undefined });
    });
  }, [run, read, transport, layers, name, feature]);
  useEffect(load, [load]);

  async function meet(fault: unknown, draft: LayerDraft, base: SettingsView): Promise<void> {
    if (!(fault instanceof TalkFault) || fault.problem?.code !== 'changed-meanwhile') throw fault;
    const view = await read();
    const conflict = mergedOver(base, draft, view);
    put({ view, draft: conflict.draft, saved: false, conflict });
  }

  return {
    whose: { scope, id },
    view: state?.view,
    description: state?.description,
    draft: state?.draft,
    saved: state?.saved === true,
    conflict: state?.conflict,
    task,
    change: (draft) => put({ draft, saved: false }),
    save() {
      if (state === undefined || task.busy) return;
      const { view, draft } = state;
      run(async () => {
        try {
          const { settings } = await get<SettingsResponse>(transport, layerRoutes[scope].save, 'settings', { params: { feature, [scope]: id }, body: changeFor(scope, view, draft) });
          put({ view: settings, draft: draftOf(settings), saved: true, conflict: undefined });
        } catch (fault) {
          await meet(fault, draft, view);
        }
      });
    },
    discard() {
      if (state !== undefined) put({ draft: draftOf(state.view), saved: false, conflict: undefined });
      task.clear();
    },
    settle(keeps) {
      if (state?.conflict === undefined) return;
      put({ conflict: undefined, draft: keeps === 'mine' ? state.draft : yielded(state.draft, state.conflict.clashes, state.view) });
    },
  };
}

