import { generate } from 'selfsigned';

export interface Certificate { cert: string; key: string }

let made: Promise<Certificate> | undefined;

/** A certificate for localhost and 127.0.0.1, in PEM, its own authority. One for the whole process: making a key costs a tenth of a second. */
export function localCertificate(): Promise<Certificate> {
  made ??= make();
  return made;
}

async function make(): Promise<Certificate> {
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'localhost' }], {
    algorithm: 'sha256',
    keySize: 2048,
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }, { type: 7, ip: '127.0.0.1' }] }],
  });
  return { cert, key };
}
