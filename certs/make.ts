import { randomBytes, X509Certificate, createPrivateKey } from 'node:crypto';
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generate } from 'selfsigned';

/** A certificate for https on this machine, with the authority that signed it. All PEM. */
export interface LocalCertificate {
  cert: string;
  key: string;
  /** Who trusts this trusts the certificate. Its own key was thrown away when it had signed once, so that trusting it is harmless. */
  ca: string;
  /** Where `ca` lies: for NODE_EXTRA_CA_CERTS, or for the list of trusted authorities of a browser. */
  caFile: string;
}

const dayMs = 24 * 60 * 60_000;
/** Safari and Chromium refuse leaf certificates that are valid for longer than 398 days. */
const validDays = 397;
const renewDays = 30;

/**
 * The certificate for localhost that belongs to a folder: made at the first time, and again a month before it ends.
 * The folder is closed to others. `now` epoch ms, UTC. Throws what the file system throws.
 */
export async function localCertificate(folder: string, now = Date.now()): Promise<LocalCertificate> {
  await mkdir(folder, { recursive: true });
  // Only this folder: others may have to pass through the ones above.
  await chmod(folder, 0o700);
  const bundleFile = join(folder, 'localhost.pem');
  const caFile = join(folder, 'ca.pem');
  const known = await readBundle(bundleFile);
  if (known && isGood(known, now)) {
    const laid = await readFile(caFile, 'utf8').catch(() => '');
    if (laid !== known.ca) await writeWhole(caFile, known.ca);
    return { ...known, caFile };
  }
  await writeWhole(bundleFile, await makeBundle(now));
  // Read again: of two that start together, the last to write has decided for both.
  const made = await readBundle(bundleFile);
  if (!made) throw new Error(`${bundleFile} was written and cannot be read`);
  await writeWhole(caFile, made.ca);
  return { ...made, caFile };
}

type Bundle = Omit<LocalCertificate, 'caFile'>;

/** Key, certificate and authority in one file, so that they always fit each other. */
async function makeBundle(now: number): Promise<string> {
  const times = { notBeforeDate: new Date(now - dayMs), notAfterDate: new Date(now + validDays * dayMs) };
  const authority = await generate([{ name: 'commonName', value: `Tieline on this computer (${randomBytes(3).toString('hex')})` }], {
    keyType: 'ec', algorithm: 'sha256', ...times,
    extensions: [
      { name: 'basicConstraints', cA: true, pathLenConstraint: 0, critical: true },
      { name: 'keyUsage', keyCertSign: true, critical: true },
    ],
  });
  const leaf = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec', algorithm: 'sha256', ...times,
    ca: { key: authority.private, cert: authority.cert },
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }, { type: 7, ip: '127.0.0.1' }, { type: 7, ip: '::1' }] },
    ],
  });
  return [leaf.private, leaf.cert, authority.cert].map((pem) => `${pem.trim()}\n`).join('');
}

async function readBundle(file: string): Promise<Bundle | null> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const blocks = text.match(/-----BEGIN [^-]+-----[^-]+-----END [^-]+-----\n?/g) ?? [];
  const [key, cert, ca] = blocks;
  return key && cert && ca ? { key, cert, ca } : null;
}

function isGood({ cert, key, ca }: Bundle, now: number): boolean {
  try {
    const leaf = new X509Certificate(cert);
    const isInTime = Date.parse(leaf.validTo) - now > renewDays * dayMs && Date.parse(leaf.validFrom) <= now;
    return isInTime && leaf.checkPrivateKey(createPrivateKey(key)) && leaf.verify(new X509Certificate(ca).publicKey);
  } catch {
    return false;
  }
}

async function writeWhole(file: string, text: string): Promise<void> {
  const draft = `${file}.${randomBytes(4).toString('hex')}`;
  await writeFile(draft, text, { mode: 0o600 });
  await rename(draft, file);
}
