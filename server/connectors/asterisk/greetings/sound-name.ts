/** As `prompt:` takes it (contract/availability/availability.ts). */
const shape = /^[A-Za-z0-9_][\w.-]*(?:\/[A-Za-z0-9_][\w.-]*)*$/;
const longest = 100;

/** `en`, `de`, `en_US`, `pt-br`: a folder of sounds of one language, whose name the dialplan leaves out. */
const language = /^[a-z]{2}(?:[_-][A-Za-z]{2,4})*$/;

/**
 * How the dialplan calls a sound that lies in this folder directly below Asterisk's sounds. Asterisk takes each such folder for a language (main/sounds.c), a site's `custom` too; but
 * it plays `en/hello` as `hello`, and `custom/closed` as `custom/closed`. Null for names that a greeting cannot have.
 */
export function soundName(folder: string, name: string): string | null {
  const called = language.test(folder) ? name : `${folder}/${name}`;
  return called.length <= longest && shape.test(called) ? called : null;
}

/** Each once, in order, without those that we make ourselves. `own`: our folder, as the PBX calls it. */
export function listed(names: readonly (string | null)[], own: string): readonly string[] {
  const all = names.flatMap((name) => (name === null || name.startsWith(`${own}/`) ? [] : [name]));
  return [...new Set(all)].toSorted((one, other) => (one < other ? -1 : 1));
}
