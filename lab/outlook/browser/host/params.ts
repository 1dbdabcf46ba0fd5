import { HostError, errorCode } from './errors.ts';

/** Reads the parameters that a page sent. Anything of the wrong kind is refused as office.js refuses it: 9031. */
export type Params = Record<string, unknown>;

function refuse(): never {
  throw new HostError(errorCode.invalidParameter);
}

export function isRecord(value: unknown): value is Params {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value if it is an object, else an empty one. */
export function record(value: unknown): Params {
  return isRecord(value) ? value : {};
}

export function text(params: Params, key: string, longest = Infinity): string {
  const value = params[key];
  if (typeof value !== 'string' || value.length > longest) refuse();
  return value;
}

export function optionalText(params: Params, key: string): string {
  const value = params[key];
  return typeof value === 'string' ? value : '';
}

export function integer(params: Params, key: string): number {
  const value = params[key];
  if (typeof value !== 'number' || !Number.isFinite(value)) refuse();
  return value;
}

export function flag(params: Params, key: string): boolean {
  return params[key] === true;
}

export function list(params: Params, key: string): unknown[] {
  const value = params[key];
  if (!Array.isArray(value)) refuse();
  return value;
}

export function records(params: Params, key: string): Params[] {
  return list(params, key).map(record);
}

export function texts(params: Params, key: string): string[] {
  return list(params, key).map((value) => (typeof value === 'string' ? value : refuse()));
}
