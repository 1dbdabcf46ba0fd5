import { readFile } from 'node:fs/promises';
import { sql } from 'kysely';
import type { Store } from '../../server/store/connect.ts';

/** Ticks in a second of /proc/<pid>/stat: 100 on every Linux that Node runs on (USER_HZ). */
const ticks = 100;

/** CPU time so far, seconds, of all processes of the database's server that run now; null where the system does not tell (no /proc, or another machine). */
export async function databaseCpuSeconds({ db }: Pick<Store, 'db'>): Promise<number | null> {
  const { rows } = await sql<{ pid: number }>`select pid from pg_stat_activity`.execute(db);
  try {
    const used = await Promise.all(rows.map(({ pid }) => cpuOf(pid)));
    return used.reduce((sum, each) => sum + each, 0);
  } catch {
    return null;
  }
}

/** proc(5): after the name, which may hold blanks and brackets, utime and stime are the 12th and 13th field. */
async function cpuOf(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / ticks;
}
