import { useCallback, useEffect, useState } from 'react';
import { settingsRoutes } from '../../../../contract/account/settings-routes.ts';
import type { SettingsDescription, SettingsResponse, SettingsView } from '../../../../contract/account/settings.ts';
import { settingWords } from '../../../../words/admin-settings.ts';
import { TalkFault } from '../../../talk/fault.ts';
import { useSurroundings } from '../../surroundings.tsx';
import { get } from '../get.ts';
import type { Problem } from '../problem.tsx';
import { useTask } from '../use-task.ts';
import type { Task } from '../use-task.ts';
import { changeFor, draftOf } from './draft.ts';
import type { LayerDraft } from './draft.ts';
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
  task: Task;
  change: (draft: LayerDraft) => void;
  save: () => void;
}

/** Of two who save, the second is told and chooses: theirs is loaded, or mine is based on theirs and saved by the next press. */
export function useLayer(feature: string, { scope, id }: Whose): Layer {
  const { transport, language } = useSurroundings();
  const [all, setAll] = useState<readonly SettingsDescription[] | undefined>(undefined);
  const [shown, setShown] = useState<{ view: SettingsView; draft: LayerDraft; saved: boolean } | undefined>(undefined);
  const task = useTask();
  const { run } = task;

  const read = useCallback(async (): Promise<SettingsView> => {
    return (await get<SettingsResponse>(transport, layerRoutes[scope].read, 'settings', { params: { feature, [scope]: id } })).settings;
  }, [transport, feature, scope, id]);
  const load = useCallback(() => {
    setShown(undefined);
    run(async () => {
      const view = await read();
      setAll((await get<{ features: SettingsDescription[] }>(transport, settingsRoutes.described, 'features', {})).features);
      setShown({ view, draft: draftOf(view), saved: false });
    });
  }, [run, read, transport]);
  useEffect(load, [load]);

  function conflictOf(fault: unknown, draft: LayerDraft): Problem | undefined {
    if (!(fault instanceof TalkFault) || fault.problem?.code !== 'changed-meanwhile') return undefined;
    const { lead, text, theirs, mine } = settingWords(language).conflict;
    const keep = (): void =>
      run(async () => {
        const view = await read();
        setShown({ view, draft: { ...draft, version: view.version }, saved: false });
      });
    return { lead, text, reference: '', actions: [{ label: theirs, run: load }, { label: mine, run: keep }] };
  }

  return {
    whose: { scope, id },
    view: shown?.view,
    description: all?.find((each) => each.feature === feature),
    draft: shown?.draft,
    saved: shown?.saved === true,
    task,
    change: (draft) => setShown((now) => now && { ...now, draft, saved: false }),
    save() {
      if (shown === undefined) return;
      const { view, draft } = shown;
      run(
        async () => {
          const { settings } = await get<SettingsResponse>(transport, layerRoutes[scope].save, 'settings', { params: { feature, [scope]: id }, body: changeFor(scope, view, draft) });
          setShown({ view: settings, draft: draftOf(settings), saved: true });
        },
        (fault) => conflictOf(fault, draft),
      );
    },
  };
}
