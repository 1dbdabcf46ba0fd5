import { createHash, randomUUID, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { importPKCS8, SignJWT } from 'jose';
import { TheirError } from '../../../domain/errors.ts';
import type { GraphConfig } from '../config.ts';

/** What a client assertion is made for. `now` is epoch ms, UTC. */
interface AssertionWish { clientId: string; audience: string; now: number }

/** How the app proves itself: by secret, or by a statement signed with its certificate's key. */
export type Credential = { secret: string } | { assertion: (wish: AssertionWish) => Promise<string> };

export interface CredentialSource {
  /** Throws TheirError 'denied' with a remedy when there is none. Certificates are read anew each time, so that a renewed one is taken up. */
  credential: () => Promise<Credential>;
  /** Bytes that only we know, to derive other keys from: the secret, or the private key. */
  keyMaterial: () => Promise<string>;
}

/** Assertions are used at once (RFC 7523 leaves the life to us; Entra allows up to a day). */
const assertionSeconds = 300;

export function createCredentialSource({ instance, clientSecretEnv, certificate }: GraphConfig, env: Readonly<Record<string, string | undefined>>): CredentialSource {
  function secret(): string {
    const value = clientSecretEnv === undefined ? undefined : env[clientSecretEnv];
    if (value) return value;
    throw new TheirError(instance, 'denied', `the environment variable ${clientSecretEnv ?? ''} is empty`, {
      remedy: `Set ${clientSecretEnv ?? ''} to the value (not the ID) of a client secret of the app registration and start again.`,
    });
  }

  async function read(file: string, name: string): Promise<string> {
    return readFile(file, 'utf8').catch((cause: unknown) => {
      throw new TheirError(instance, 'denied', `the file of certificate.${name} cannot be read`, { cause, remedy: `Correct certificate.${name}, or give the server's user the right to read the file.` });
    });
  }

  async function signer({ keyFile, certFile }: { keyFile: string; certFile: string }): Promise<Credential> {
    const [key, cert] = await Promise.all([read(keyFile, 'keyFile'), read(certFile, 'certFile')]);
    try {
      const thumbprint = createHash('sha256').update(new X509Certificate(cert).raw).digest('base64url');
      const privateKey = await importPKCS8(key, 'PS256');
      return {
        assertion: ({ clientId, audience, now }) => {
          const seconds = Math.floor(now / 1_000);
          return new SignJWT()
            .setProtectedHeader({ alg: 'PS256', typ: 'JWT', 'x5t#S256': thumbprint })
            .setIssuer(clientId).setSubject(clientId).setAudience(audience).setJti(randomUUID())
            .setNotBefore(seconds).setIssuedAt(seconds).setExpirationTime(seconds + assertionSeconds)
            .sign(privateKey);
        },
      };
    } catch (cause) {
      throw new TheirError(instance, 'denied', 'the certificate or its key cannot be used', {
        cause, remedy: 'certificate.keyFile must hold an RSA private key in PKCS#8 PEM ("BEGIN PRIVATE KEY"), certificate.certFile the certificate in PEM.',
      });
    }
  }

  return {
    credential: async () => (certificate ? signer(certificate) : { secret: secret() }),
    keyMaterial: async () => (certificate ? read(certificate.keyFile, 'keyFile') : secret()),
  };
}
