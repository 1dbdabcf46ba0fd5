/** Every second byte of a plain text in UTF-16 is 0. */
function seemsWide(bytes: Uint8Array, zeroAt: 0 | 1): boolean {
  const sample = bytes.subarray(0, 2_000);
  const places = [...sample].filter((_byte, index) => index % 2 === zeroAt);
  return places.length > 1 && places.filter((byte) => byte === 0).length > places.length * 0.6;
}

function hasMark(bytes: Uint8Array, ...mark: readonly number[]): boolean {
  return mark.every((byte, index) => bytes[index] === byte);
}

/**
 * A list as table programs save it: UTF-8 (with its mark or without), UTF-16 ("Unicode text"), or what is no UTF-8 as Windows-1252, which Excel takes for "CSV" in western Europe.
 * Windows-1252 gives each byte a letter, so nothing is refused here; a list that is something else shows in its names.
 */
export function decodeList(bytes: Uint8Array): string {
  if (hasMark(bytes, 0xff, 0xfe) || seemsWide(bytes, 1)) return new TextDecoder('utf-16le').decode(bytes);
  if (hasMark(bytes, 0xfe, 0xff) || seemsWide(bytes, 0)) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
