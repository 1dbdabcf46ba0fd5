import { useCallback, useEffect, useState } from 'react';
import { roomRoutes } from '../../../../../contract/conference/room-routes.ts';
import type { RoomCommandRequest, RoomResponse, RoomView } from '../../../../../contract/conference/room.ts';
import type { Trouble } from '../../../../invite/outcome.ts';
import { troubleOf } from '../../../../invite/trouble.ts';
import { expectField } from '../../../../talk/client.ts';
import { ask } from '../../../../talk/http.ts';
import { useAsked, type Asked } from '../../../parts/use-asked.ts';
import { hearLive } from '../../../hear-live.ts';
import { useSurroundings } from '../../../surroundings.tsx';

/** The room as it stands, and the way to ask something of it. */
export interface Room {
  asked: Asked<RoomView>;
  /** False: what is shown may be old. */
  isFresh: boolean;
  /** Why the last press reached nobody. */
  trouble: Trouble | undefined;
  command: (request: Omit<RoomCommandRequest, 'id'>) => void;
  /** Lets somebody in who waits at the door, or sends them away. */
  answer: (knock: string, letIn: boolean) => void;
}

function isRoom(state: unknown): state is RoomView {
  return typeof state === 'object' && state !== null && 'people' in state && 'bridges' in state;
}

/** Reads the room once, then hears of every change. */
export function useRoom(id: string): Room {
  const { server } = useSurroundings();
  const asked = useAsked(useCallback(async () => expectField<RoomResponse>(await ask(server.transport, roomRoutes.room, { params: { id } }), 'room').room, [server, id]));
  const [isFresh, setIsFresh] = useState(true);
  const [trouble, setTrouble] = useState<Trouble | undefined>(undefined);
  const { set } = asked;

  useEffect(() => hearLive(server.transport, `room:${id}`, ({ state }) => isRoom(state) && set(state), setIsFresh), [server, id, set]);

  function command(request: Omit<RoomCommandRequest, 'id'>): void {
    setTrouble(undefined);
    // One id for each press: sent twice over a bad line, it is done once.
    ask(server.transport, roomRoutes.command, { params: { id }, body: { ...request, id: crypto.randomUUID() } }).then(
      (answer) => set(expectField<RoomResponse>(answer, 'room').room),
      (fault: unknown) => setTrouble(troubleOf(fault)),
    );
  }

  function answer(knock: string, letIn: boolean): void {
    setTrouble(undefined);
    ask(server.transport, roomRoutes.answerKnock, { params: { id, knock }, body: { letIn } }).then(
      (told) => set(expectField<RoomResponse>(told, 'room').room),
      (fault: unknown) => {
        const why = troubleOf(fault);
        // They hung up, or another host was faster: the list says so, and nobody has to do anything about it.
        if (why.kind === 'refused' && why.code === 'knock-gone') asked.again();
        else setTrouble(why);
      },
    );
  }

  return { asked, isFresh, trouble, command, answer };
}
