import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

/** Where the manager listens. */
export interface AmiAddress {
  host: string;
  port: number;
  tls?: { caFile?: string; serverName?: string } | undefined;
}

/** Idle time after which the kernel asks whether the other side is still there. Pings find out sooner; this frees sockets of a process that hangs. */
const keepAliveMs = 30_000;

/** Begins to connect; the caller listens for 'connect' ('secureConnect' with TLS), 'error' and 'close'. */
export function openSocket({ host, port, tls }: AmiAddress): { socket: Socket; readyEvent: 'connect' | 'secureConnect' } {
  const socket = tls
    ? connectTls({
        host,
        port,
        ...(tls.caFile === undefined ? {} : { ca: readFileSync(tls.caFile) }),
        ...(tls.serverName === undefined ? {} : { servername: tls.serverName }),
      })
    : connect({ host, port });
  socket.setNoDelay(true);
  socket.setKeepAlive(true, keepAliveMs);
  return { socket, readyEvent: tls ? 'secureConnect' : 'connect' };
}
