/**
 * Certificates for this computer, so that `npm start` needs none: an authority of its own and a certificate for localhost. Kept in the data folder, readable by its owner
 * only, made anew a month before they end. Keys are never part of the project.
 */
import { X509Certificate } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generate } from 'selfsigned';

export interface LocalCertificate {
  key: string;
  cert: string;
  /** The authority that signed it, PEM: whoever shall trust it takes this one. */
  ca: string;
  /** Where the authority's certificate lies. */
  caFile: string;
}

const day = 24 * 60 * 60_000;
/** Browsers refuse server certificates that live longer than 398 days. */
const lifeMs = 397 * day;
const renewBeforeMs = 30 * day;

/** The certificate in `folder`, made if there is none or it is about to end. */
export async function localCertificate(folder: string): Promise<LocalCertificate> {
  return (await kept(folder)) ?? (await make(folder));
}

async function kept(folder: string): Promise<LocalCertificate | null> {
  try {
    const [key, cert, ca] = await Promise.all(['localhost.key', 'localhost.crt', 'ca.crt'].map((name) => readFile(join(folder, name), 'utf8')));
    if (key === undefined || cert === undefined || ca === undefined) return null;
    const endsAt = Math.min(...[cert, ca].map((pem) => Date.parse(new X509Certificate(pem).validTo)));
    return endsAt - Date.now() > renewBeforeMs ? { key, cert, ca, caFile: join(folder, 'ca.crt') } : null;
  } catch {
    return null;
  }
}

async function make(folder: string): Promise<LocalCertificate> {
  // The lab's clock may stand some hours behind or days ahead of the computer's.
  const dates = { notBeforeDate: new Date(Date.now() - 2 * day), notAfterDate: new Date(Date.now() - 2 * day + lifeMs) };
  const authority = await generate([{ name: 'commonName', value: 'Tieline on this computer' }], {
    ...dates, keyType: 'ec', algorithm: 'sha256',
    extensions: [{ name: 'basicConstraints', cA: true, critical: true }, { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true }],
  });
  const leaf = await generate([{ name: 'commonName', value: 'localhost' }], {
    ...dates, keyType: 'ec', algorithm: 'sha256', ca: { key: authority.private, cert: authority.cert },
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }, { type: 7, ip: '127.0.0.1' }, { type: 7, ip: '::1' }] },
    ],
  });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  // The authority's key is not written down at all: nobody can sign with it later.
  await Promise.all([put(folder, 'localhost.key', leaf.private), put(folder, 'localhost.crt', leaf.cert), put(folder, 'ca.crt', authority.cert)]);
  return { key: leaf.private, cert: leaf.cert, ca: authority.cert, caFile: join(folder, 'ca.crt') };
}

/** Whole or not at all, also when another process makes one at the same moment. */
async function put(folder: string, name: string, text: string): Promise<void> {
  const beside = join(folder, `${name}.${process.pid}`);
  await writeFile(beside, text, { mode: 0o600 });
  await rename(beside, join(folder, name));
}
