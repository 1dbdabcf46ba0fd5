import { generateKeyPair } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** A service account's key file as Google Cloud gives it, in a temporary folder. */
export interface ServiceAccount { email: string; publicKey: string; keyFile: string; write(tokenUri: string): Promise<void>; remove(): Promise<void> }

let pair: Promise<{ publicKey: string; privateKey: string }> | undefined;

/** One key for the whole process: making one costs a fifth of a second. */
function keyPair(): Promise<{ publicKey: string; privateKey: string }> {
  return (pair ??= promisify(generateKeyPair)('rsa', { modulusLength: 2048, publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } }));
}

export async function makeServiceAccount(): Promise<ServiceAccount> {
  const { publicKey, privateKey } = await keyPair();
  const folder = await mkdtemp(join(tmpdir(), 'tieline-service-account-'));
  const keyFile = join(folder, 'key.json');
  const email = 'tieline@project.iam.gserviceaccount.com';
  return {
    email, publicKey, keyFile,
    write: (tokenUri) => writeFile(keyFile, JSON.stringify({ type: 'service_account', client_email: email, private_key: privateKey, private_key_id: 'k1', token_uri: tokenUri }), { mode: 0o600 }),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
