import { connect, createServer, type Socket } from 'node:net';

/** A proxy on the way to a port of loopback, whose connections can be cut. */
export interface CutProxy {
  origin: string;
  /** Cuts what is open, and whoever comes until `mend`. */
  cut(): void;
  mend(): void;
  /** When a live stream was asked for again after the last cut, epoch ms; null before. */
  reconnectedAt(): number | null;
  close(): Promise<void>;
}

const liveRequest = Buffer.from('GET /api/v1/live?');

export async function openCutProxy(port: number): Promise<CutProxy> {
  const open = new Set<Socket>();
  let isCut = false;
  let cameAt: number | null = null;
  const server = createServer((near) => {
    if (isCut) return void near.destroy();
    near.on('data', (bytes: Buffer) => {
      if (bytes.subarray(0, liveRequest.length).equals(liveRequest)) cameAt ??= performance.timeOrigin + performance.now();
    });
    const far = connect(port, '127.0.0.1');
    for (const [from, to] of [[near, far], [far, near]] as const) {
      open.add(from);
      from.setNoDelay(true);
      from.pipe(to);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        open.delete(from);
        to.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    origin: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`,
    cut() {
      isCut = true;
      cameAt = null;
      for (const each of open) each.destroy();
    },
    mend: () => void (isCut = false),
    reconnectedAt: () => cameAt,
    async close() {
      for (const each of open) each.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
