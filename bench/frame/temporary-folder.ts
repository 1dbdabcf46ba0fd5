import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A fresh data folder. It may be passed through, not read: where root measures, PostgreSQL runs as somebody else, and would otherwise move out of it. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tieline-bench-'));
  await chmod(folder, 0o711);
  return folder;
}
