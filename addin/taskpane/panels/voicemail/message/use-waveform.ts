import { useEffect, useState } from 'react';
import type { Trouble } from '../../../../invite/outcome.ts';
import { troubleOf } from '../../../../invite/trouble.ts';
import type { Server } from '../../../../talk/server.ts';
import { voicemailTalk } from '../../../../talk/voicemail.ts';
import type { Waveform } from '../../../../talk/voicemail.ts';
import { useSurroundings } from '../../../surroundings.tsx';

const known = new WeakMap<Server, Map<string, Waveform>>();

/** The shape of a recording, which never changes; and why there is none. `hasAudio`: asked for again when the sound has come. */
export function useWaveform(id: string, hasAudio: boolean): { shape: Waveform | undefined; trouble: Trouble | undefined } {
  const { server } = useSurroundings();
  const shapes = known.get(server) ?? new Map<string, Waveform>();
  known.set(server, shapes);
  const [trouble, setTrouble] = useState<Trouble | undefined>(undefined);
  const [, setCount] = useState(0);
  useEffect(() => {
    if (shapes.has(id)) return undefined;
    let current = true;
    voicemailTalk(server.transport).waveform(id).then(
      (shape) => {
        shapes.set(id, shape);
        if (!current) return;
        setTrouble(undefined);
        setCount((count) => count + 1);
      },
      (fault: unknown) => current && setTrouble(troubleOf(fault)),
    );
    return () => {
      current = false;
    };
  }, [server, id, hasAudio, shapes]);
  return { shape: shapes.get(id), trouble };
}
