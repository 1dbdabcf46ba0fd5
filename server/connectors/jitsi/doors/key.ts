import type { Door } from '../../../ports/door.ts';

/** Prosody fetches the public half of our system key here (`prosody_password_public_key_repo_url`). */
export function keyDoor(key: { file: string; pem: string } | null): Door[] {
  if (!key) return [];
  return [{
    path: `keys/${key.file}`,
    methods: ['GET'],
    verify: () => true,
    handle: async () => ({ status: 200, headers: { 'Content-Type': 'application/x-pem-file' }, body: key.pem }),
  }];
}
