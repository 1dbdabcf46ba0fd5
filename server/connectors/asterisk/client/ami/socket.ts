import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { TheirError } from '../../../../domain/errors.ts';

/** Where the manager listens. */
export interface AmiAddress {
  host: string;
  port: number;
  tls?: { caFile?: string; serverName?: string } | undefined;
}

/** Idle time after which the kernel asks whether the other side is still there. Pings find out sooner; this frees sockets of a process that hangs. */
const keepAliveMs = 30_000;

/** Begins to connect; the caller listens for 'connect' ('secureConnect' with TLS), 'error' and 'close'. Throws TheirError when the authority's file cannot be read. */
export function openSocket(connector: string, { host, port, tls }: AmiAddress): { socket: Socket; readyEvent: 'connect' | 'secureConnect' } {
  const socket = tls ? connectTls({ host, port, ...authority(connector, tls.caFile), ...(tls.serverName === undefined ? {} : { servername: tls.serverName }) }) : connect({ host, port });
  socket.setNoDelay(true);
  socket.setKeepAlive(true, keepAliveMs);
  return { socket, readyEvent: tls ? 'secureConnect' : 'connect' };
}

function authority(connector: string, caFile: string | undefined): { ca?: Buffer } {
  if (caFile === undefined) return {};
  try {
    return { ca: readFileSync(caFile) };
  } catch (cause) {
    throw new TheirError(connector, 'refused', 'the certificate authority of the manager cannot be read', { remedy: 'See that ami.tls.caFile names a PEM file that this program may read.', cause });
  }
}
