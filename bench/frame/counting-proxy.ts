/** A process of its own: passes bytes on to a port of loopback and counts them, so that neither side's processor time is charged with it. Argument: the port. */
import { connect, createServer } from 'node:net';

let bytes = 0;
let connections = 0;
const target = Number(process.argv[2]);

const server = createServer((near) => {
  const far = connect(target, '127.0.0.1');
  connections += 1;
  for (const [from, to] of [[near, far], [far, near]] as const) {
    from.setNoDelay(true);
    from.on('data', (chunk) => {
      bytes += chunk.length;
      to.write(chunk);
    });
    from.on('error', () => to.destroy());
    from.on('close', () => to.destroy());
  }
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.({ port: typeof address === 'object' && address ? address.port : 0 });
});
process.on('message', () => process.send?.({ bytes, connections }));
process.on('disconnect', () => process.exit(0));
