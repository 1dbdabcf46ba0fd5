import { connect, createServer, type Socket } from 'node:net';

/** A wire to the database that can be cut, or go dead without a word. */
export async function openWire(databaseUrl: string) {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let isCut = false;
  const wire = createServer((near) => {
    if (isCut) {
      near.destroy();
      return;
    }
    const far = connect(Number(target.port || 5432), target.hostname);
    for (const [socket, other] of [[near, far], [far, near]] as const) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
    }
  });
  await new Promise<void>((resolve) => wire.listen(0, '127.0.0.1', resolve));
  const address = wire.address();
  const url = new URL(databaseUrl);
  url.hostname = '127.0.0.1';
  url.port = String(typeof address === 'object' ? address?.port : 0);
  return {
    url: url.href,
    cut() {
      isCut = true;
      for (const socket of sockets) socket.destroy();
    },
    /** Nothing that is said arrives any more, on the connections that there are. */
    goDead() {
      for (const socket of sockets) socket.unpipe().pause();
    },
    mend: () => void (isCut = false),
    close: () =>
      new Promise<void>((resolve) => {
        wire.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
