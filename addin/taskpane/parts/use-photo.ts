import { useEffect, useState } from 'react';
import { peopleRoutes } from '../../../contract/people/people-routes.ts';
import { fileOf } from '../../talk/file.ts';
import { useSurroundings } from '../surroundings.tsx';

/** A colleague's picture as an address in this page; null while there is none, or nobody is asked for. */
export function usePhoto(personId: string | undefined): string | null {
  const { server } = useSurroundings();
  const [photo, setPhoto] = useState<string | null>(null);
  useEffect(() => {
    if (personId === undefined) return undefined;
    let made: string | null = null;
    let isCurrent = true;
    fileOf(server.transport, peopleRoutes.photo, { params: { id: personId } }).then(
      (found) => {
        made = found;
        if (isCurrent) setPhoto(found);
        else if (found !== null) URL.revokeObjectURL(found);
      },
      // Letters stand there already.
      () => undefined,
    );
    return () => {
      isCurrent = false;
      if (made !== null) URL.revokeObjectURL(made);
      setPhoto(null);
    };
  }, [server, personId]);
  return photo;
}
