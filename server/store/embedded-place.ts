import { randomBytes } from 'node:crypto';
import { chmod, lstat, mkdir, readdir, readlink, realpath, rm, stat, symlink } from 'node:fs/promises';
import { dirname, join, parse } from 'node:path';
import { UserError } from '../domain/errors.ts';
import { codeOf } from './failure.ts';

/** Somebody the operating system knows. */
export interface Account {
  uid: number;
  gid: number;
}

/** `nobody` on every Linux. PostgreSQL refuses to run as root, and nothing else of ours should belong to whom it runs as. */
const nobody: Account = { uid: 65534, gid: 65534 };

/** Where root keeps what `nobody` must be able to enter, when the data folder lies behind a closed door such as /root. */
const shared = '/var/lib/tieline';

/** Below `home`: `data` (PostgreSQL's own) and `password`. `account` is whom PostgreSQL runs as; undefined: as ourselves. */
export interface Place {
  home: string;
  account: Account | undefined;
}

/**
 * Finds the place of the database that belongs to a data folder, and opens the folder just so far that PostgreSQL can reach it (search, not read).
 * `home` itself is made by whoever sets the database up.
 */
export async function findPlace(folder: string): Promise<Place> {
  await mkdir(folder, { recursive: true });
  const home = join(folder, 'postgres');
  if (process.getuid?.() !== 0) return { home, account: undefined };

  const link = await lstat(home).catch(() => undefined);
  if (link?.isSymbolicLink()) return { home: await readlink(home), account: await accountOf(home) };
  const account = await accountOf(home);
  await chmod(folder, 0o711);
  if (await canBeReachedBy(folder, account)) return { home, account };
  return { home: await moveOut(home), account };
}

/** Who owns the data that is there; a folder that was first used by an ordinary user stays theirs. */
async function accountOf(home: string): Promise<Account> {
  const owner = await stat(join(home, 'data')).catch(() => undefined);
  return owner && owner.uid !== 0 ? { uid: owner.uid, gid: owner.gid } : nobody;
}

/** A place outside, and a link to it: so it is found again, and seen by whoever looks into the data folder. */
async function moveOut(home: string): Promise<string> {
  const outside = join(await sharedFolder(), `data-${randomBytes(8).toString('hex')}`);
  try {
    await mkdir(outside, { mode: 0o711 });
    await symlink(join(outside, 'postgres'), home);
    return join(outside, 'postgres');
  } catch (error) {
    await rm(outside, { recursive: true, force: true });
    if (codeOf(error) === 'EEXIST') return readlink(home);
    throw error;
  }
}

/** True when every folder on the way may be entered by `account`. */
export async function canBeReachedBy(path: string, account: Account): Promise<boolean> {
  for (let at = await realpath(path); at !== parse(at).root; at = dirname(at)) {
    const { mode, uid, gid } = await stat(at);
    const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) return false;
  }
  return true;
}

/** The shared folder, made when needed. Throws UserError when that is not possible. */
export async function sharedFolder(): Promise<string> {
  try {
    await mkdir(shared, { recursive: true, mode: 0o755 });
    await chmod(shared, 0o755);
    return shared;
  } catch (cause) {
    const problem = {
      code: 'database.no-place',
      message: `PostgreSQL does not run as root, and the data folder lies where only root may enter; ${shared} cannot be made either`,
      remedy: 'Start Tieline as an ordinary user, or choose another data folder (TIELINE_DATA), or set DATABASE_URL.',
      field: 'data',
    };
    throw new UserError(500, problem, cause);
  }
}

/** Removes drafts of databases whose makers died before they were done. */
export async function removeDrafts(home: string): Promise<void> {
  for (const name of await readdir(dirname(home)).catch(() => [])) {
    const maker = /^postgres\.draft-(\d+)-/.exec(name)?.[1];
    if (maker !== undefined && !isAlive(Number(maker))) await rm(join(dirname(home), name), { recursive: true, force: true });
  }
}

/** True when there is a process of this id. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}
