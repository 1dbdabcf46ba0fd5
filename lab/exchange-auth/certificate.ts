import { randomBytes, sign, type KeyObject } from 'node:crypto';

/** A self-signed X.509 certificate (RFC 5280), as Exchange makes its "Microsoft Exchange Server Auth Certificate". Instants epoch ms, UTC. */

/** DER: tag, length, contents. */
function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const contents = Buffer.concat(parts);
  const { length } = contents;
  if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), contents]);
  const bytes = Buffer.from(length.toString(16).padStart(length > 0xff ? 4 : 2, '0'), 'hex');
  return Buffer.concat([Buffer.from([tag, 0x80 | bytes.length]), bytes, contents]);
}

const sequence = (...parts: readonly Buffer[]): Buffer => der(0x30, ...parts);

/** 2023-11-21T12:00:00Z as GeneralizedTime `20231121120000Z`. */
function time(instant: number): Buffer {
  return der(0x18, Buffer.from(`${new Date(instant).toISOString().replaceAll(/[-:T]/g, '').slice(0, 14)}Z`));
}

/** sha256WithRSAEncryption, 1.2.840.113549.1.1.11, with its empty parameters. */
const algorithm = sequence(der(0x06, Buffer.from('2a864886f70d01010b', 'hex')), der(0x05));
/** commonName, 2.5.4.3 */
const commonName = der(0x06, Buffer.from('550403', 'hex'));

export function authCertificate({ privateKey, publicKey, notBefore, notAfter }: { privateKey: KeyObject; publicKey: KeyObject; notBefore: number; notAfter: number }): Buffer {
  const name = sequence(der(0x31, sequence(commonName, der(0x0c, Buffer.from('Microsoft Exchange Server Auth Certificate')))));
  const serial = randomBytes(16);
  // A serial number is positive, and written without leading zeros.
  serial[0] = (serial[0] ?? 0) & 0x3f | 0x40;
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))), der(0x02, serial), algorithm, name,
    sequence(time(notBefore), time(notAfter)), name, publicKey.export({ type: 'spki', format: 'der' }),
  );
  return sequence(body, algorithm, der(0x03, Buffer.from([0]), sign('sha256', body, privateKey)));
}
