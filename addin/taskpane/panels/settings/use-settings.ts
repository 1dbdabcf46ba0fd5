import { useCallback, useEffect, useRef, useState } from 'react';
import type { ConferenceSettings } from '../../../../contract/conference/settings.ts';
import type { LiveState } from '../../../../contract/live.ts';
import type { SettingsRequest, SettingsView } from '../../../../contract/account/settings.ts';
import { troubleOf } from '../../../invite/trouble.ts';
import type { Trouble } from '../../../invite/outcome.ts';
import { rememberNewAppointment } from '../../../office/new-appointment-wish.ts';
import { choicesOf } from '../../../talk/choices.ts';
import { useAsked } from '../../parts/use-asked.ts';
import type { Asked } from '../../parts/use-asked.ts';
import { hearLive } from '../../hear-live.ts';
import { useSurroundings } from '../../surroundings.tsx';

/** A change of one setting. */
export type SetSetting = <Key extends keyof ConferenceSettings>(key: Key, value: ConferenceSettings[Key]) => void;

export interface MySettings extends Asked<SettingsView> {
  /** A change is on its way. */
  saving: boolean;
  /** The last change was written. */
  saved: boolean;
  /** Why the last change was not written. */
  refused: Trouble | undefined;
  change: SetSetting;
  /** Takes these back: the organisation's words count again. */
  inherit: (keys: readonly (keyof ConferenceSettings)[]) => void;
}

function isView(state: unknown): state is SettingsView {
  return typeof state === 'object' && state !== null && 'values' in state && 'version' in state;
}

/** Settings of conferences, live, and written as they are changed. What concerns a new appointment is laid where Outlook's own event finds it. */
export function useSettings(): MySettings {
  const { server } = useSurroundings();
  const asked = useAsked(useCallback(() => choicesOf(server.transport).settings(), [server]));
  const { value, set, again } = asked;
  const [save, setSave] = useState<{ saving: boolean; saved: boolean; refused: Trouble | undefined }>({ saving: false, saved: false, refused: undefined });
  const running = useRef(false);

  useEffect(() => {
    if (value !== undefined) void rememberNewAppointment(value.values['insert'] === 'every', server.origin);
  }, [value, server]);

  useEffect(() => {
    const hear = ({ state }: LiveState): void => {
      // While a change is on its way its own answer is the newest.
      if (isView(state) && !running.current) set(state);
    };
    return hearLive(server.transport, ['settings-conference', 'settings-conference:all'], hear);
  }, [server, set]);

  const write = (words: Omit<SettingsRequest, 'version'>): void => {
    if (running.current || value === undefined) return;
    running.current = true;
    setSave({ saving: true, saved: false, refused: undefined });
    choicesOf(server.transport)
      .save({ version: value.version, ...words })
      .then(
        (next) => {
          set(next);
          setSave({ saving: false, saved: true, refused: undefined });
        },
        (fault: unknown) => {
          const refused = troubleOf(fault);
          setSave({ saving: false, saved: false, refused });
          if (refused.kind === 'changed-elsewhere') again();
        },
      )
      .finally(() => {
        running.current = false;
      });
  };
  return { ...asked, ...save, change: (key, wanted) => write({ set: { [key]: wanted } }), inherit: (keys) => write({ inherit: [...keys] }) };
}
