import { remembered } from './delta-store.ts';

/** A file that comes in slices. `expiresAt` epoch ms UTC. */
export interface UploadSession { mailboxId: string; messageId: string; name: string; contentType: string; size: number; expiresAt: number }
interface Running extends UploadSession { slices: Buffer[]; received: number }

export interface Uploads {
  /** Where slices go: not below the version, because it is another service. */
  readonly path: string;
  /** Returns the token of the address. */
  open(session: UploadSession): string;
  get(token: string): Running | undefined;
  close(token: string): void;
}

export function createUploads(): Uploads {
  const sessions = remembered<Running>();
  const closed = new Set<string>();
  return {
    path: '/api/uploads',
    open: (session) => sessions.put({ ...session, slices: [], received: 0 }),
    get: (token) => (closed.has(token) ? undefined : sessions.get(token)),
    close: (token) => void closed.add(token),
  };
}
