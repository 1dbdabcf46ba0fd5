/** A program of its own: Tieline with the role `hooks` alone, as a large installation runs it. Its configuration is in BENCH_CONFIG; it tells its parent where it listens, and ends with it. */
import { checkConfig } from '../../server/config/load.ts';
import { createServer } from '../../server/main.ts';
import { systemClock } from '../../server/ports/clock.ts';

const server = createServer({ config: checkConfig(JSON.parse(process.env.BENCH_CONFIG ?? '{}'), process.env), clock: systemClock(), dist: '.' });
process.once('disconnect', () => void server.stop().then(() => process.exit(0)));
await server.start();
process.send?.(server.address);
