import { randomBytes } from 'node:crypto';
import { DateTime } from 'luxon';

/** Byte array id that opens every Global Object ID (MS-OXOCAL 2.2.1.27). */
const head = '040000008200E00074C5B7101A82E008';
/** FILETIME counts 100 ns steps since 1601-01-01. */
const fileTimeEpochMs = 11_644_473_600_000;

function fileTime(instant: number): string {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(instant + fileTimeEpochMs) * 10_000n);
  return bytes.toString('hex').toUpperCase();
}

/** A new Global Object ID, made at `instant` (epoch ms UTC), in upper-case hexadecimal; its date bytes (16 to 19) are zero, as a series and a single event have them. */
export function newGlobalObjectId(instant: number): string {
  return `${head}00000000${fileTime(instant)}000000000000000010000000${randomBytes(16).toString('hex').toUpperCase()}`;
}

/** The Global Object ID of one occurrence: year (high byte first), month and day of its original start on the wall of `zone` (MS-OXOCAL 2.2.1.27, YH YL M D). */
export function occurrenceObjectId(series: string, originalStart: number, zone: string): string {
  const { year, month, day } = DateTime.fromMillis(originalStart, { zone });
  const bytes = Buffer.from([year >> 8, year & 0xff, month, day]);
  return series.slice(0, 32) + bytes.toString('hex').toUpperCase() + series.slice(40);
}

/** The series of an occurrence: the date bytes zeroed. */
export function seriesObjectId(id: string): string {
  return `${id.slice(0, 32)}00000000${id.slice(40)}`;
}
