import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect, createServer, type SecureContext, type Server } from 'node:tls';
import { trusting } from '../../../../server/outbound/trusted.ts';
import { localCertificate } from '../../../support/certificate.ts';

describe('trust in certificate authorities', () => {
  let server: Server;
  let own: string;
  before(async () => {
    const { cert, key } = await localCertificate();
    own = cert;
    server = createServer({ cert, key }, (socket) => socket.end());
    server.on('tlsClientError', () => undefined);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  after(() => new Promise((resolve) => server.close(resolve)));

  /** What becomes of a connection. */
  async function meets(secureContext: SecureContext | undefined): Promise<string> {
    const socket = connect({ host: '127.0.0.1', port: (server.address() as AddressInfo).port, servername: 'localhost', ...(secureContext && { secureContext }) });
    try {
      return await Promise.race([once(socket, 'secureConnect').then(() => 'trusted'), once(socket, 'error').then(([error]) => String((error as NodeJS.ErrnoException).code))]);
    } catch (error) {
      return String((error as NodeJS.ErrnoException).code);
    } finally {
      socket.destroy();
    }
  }

  it('reaches whom it names, and others only where a public authority stands for them', async () => {
    assert.equal(await meets(trusting([undefined, own])), 'trusted');
    assert.match(await meets(trusting([])), /SELF_SIGNED|UNABLE_TO/);
  });

  it('is one for all that trust the same, none for nobody besides the public ones, and another for others', () => {
    assert.equal(trusting([own]), trusting([undefined, own]));
    assert.equal(trusting([undefined, undefined]), undefined);
    assert.notEqual(trusting([own]), trusting([own, own]));
  });
});
