import type { Door } from '../../../ports/door.ts';
import type { GreetingStore } from '../../../ports/greeting-store.ts';

/** Where a PBX without a shared folder fetches a greeting. Its name is a digest of what it says: nobody can guess it, and what it says is told to every caller anyway. */
export function greetingDoor(store: GreetingStore): Door {
  return {
    path: 'greetings/:file',
    methods: ['GET', 'HEAD'],
    verify: () => true,
    async handle({ params }) {
      const name = /^([a-z0-9-]{1,80})\.wav$/.exec(params['file'] ?? '')?.[1];
      const wav = name === undefined ? null : await store.read(name);
      if (!wav) return { status: 404 };
      return { status: 200, headers: { 'Content-Type': 'audio/wav', 'Cache-Control': 'public, max-age=604800, immutable' }, body: wav };
    },
  };
}
