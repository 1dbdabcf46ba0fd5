import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';

/** Names and secrets by which the server reaches the stand-ins. Made at each start; they open nothing but this lab. */
export interface LabSecrets {
  tenantId: string;
  clientId: string;
  clientSecret: string;
  amiUser: string;
  amiSecret: string;
  ariUser: string;
  ariPassword: string;
  /** Jitsi's: of the token authentication, of the reservations, and the private key of whoever ends meetings (PEM). */
  jitsiApp: string;
  jitsiSecret: string;
  jitsiWord: string;
  jitsiKey: string;
}

/** The tenant and the client are always the same, so that people keep their conferences over a restart; the secrets are not. */
export function newLabSecrets(): LabSecrets {
  return {
    tenantId: '7a1b0c9d-2f3e-4a5b-8c6d-9e0f1a2b3c4d',
    clientId: '3c5d7e9f-1a2b-4c3d-9e4f-5a6b7c8d9e0f',
    clientSecret: randomBytes(24).toString('base64url'),
    amiUser: 'tieline',
    amiSecret: randomUUID(),
    ariUser: 'tieline',
    ariPassword: randomUUID(),
    jitsiApp: 'tieline',
    jitsiSecret: randomBytes(32).toString('base64url'),
    jitsiWord: randomBytes(24).toString('base64url'),
    jitsiKey: generateKeyPairSync('rsa', { modulusLength: 2048, publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } }).privateKey,
  };
}
