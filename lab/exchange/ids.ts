/**
 * Item ids. REST and EWS ids hold the folder, so they change with it; immutable ids do not. The head bytes only make them look like Exchange's
 * (`AAMk…`, `AAkA…`); clients may not look inside.
 */
const restHead = Buffer.from([0x00, 0x03, 0x24]);
const immutableHead = Buffer.from([0x00, 0x09, 0x00]);

/** What an id names. `key` is 32 hexadecimal digits; `originalStart` (epoch ms UTC) names one occurrence of the series `key`. */
export interface ItemName { key: string; originalStart: number | null }
export interface ParsedId extends ItemName { mailboxId: string; calendarKey: string | null }

function hexBytes(guid: string): Buffer {
  return Buffer.from(guid.replaceAll('-', ''), 'hex');
}

function guidText(bytes: Buffer): string {
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function startBytes({ originalStart }: ItemName): Buffer {
  if (originalStart === null) return Buffer.alloc(0);
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(BigInt(originalStart));
  return bytes;
}

/** EWS alphabet to REST alphabet, as `convertToRestId` does it: `/` to `-`, `+` to `_`. */
export function ewsToRest(id: string): string {
  return id.replaceAll('/', '-').replaceAll('+', '_');
}

export function restToEws(id: string): string {
  return id.replaceAll('-', '/').replaceAll('_', '+');
}

export function ewsId(mailboxId: string, calendarKey: string, name: ItemName): string {
  return Buffer.concat([restHead, hexBytes(mailboxId), hexBytes(calendarKey), hexBytes(name.key), startBytes(name)]).toString('base64');
}

export function restId(mailboxId: string, calendarKey: string, name: ItemName): string {
  return ewsToRest(ewsId(mailboxId, calendarKey, name));
}

export function immutableId(mailboxId: string, name: ItemName): string {
  return ewsToRest(Buffer.concat([immutableHead, hexBytes(mailboxId), hexBytes(name.key), startBytes(name)]).toString('base64'));
}

/** The id of a folder (calendar). Folders keep theirs. */
export function folderId(mailboxId: string, key: string): string {
  return ewsToRest(Buffer.concat([Buffer.from([0x00, 0x03, 0x25]), hexBytes(mailboxId), hexBytes(key)]).toString('base64'));
}

/** Reads an item id of any kind; null when it is none. */
export function parseId(id: string): ParsedId | null {
  const bytes = Buffer.from(restToEws(id), 'base64');
  const head = bytes.subarray(0, 3);
  const isRest = head.equals(restHead);
  if (!isRest && !head.equals(immutableHead)) return null;
  const keyAt = isRest ? 35 : 19;
  const rest = bytes.subarray(keyAt + 16);
  if (bytes.length < keyAt + 16 || (rest.length !== 0 && rest.length !== 8)) return null;
  return {
    mailboxId: guidText(bytes.subarray(3, 19)),
    calendarKey: isRest ? bytes.subarray(19, 35).toString('hex') : null,
    key: bytes.subarray(keyAt, keyAt + 16).toString('hex'),
    originalStart: rest.length === 8 ? Number(rest.readBigInt64BE()) : null,
  };
}
