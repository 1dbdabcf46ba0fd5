/**
 * The server process of `npm start`: its configuration comes from the lab, its clock follows the lab's, and it ends with its parent.
 * Bundled like the server of an installation (build.ts): read from some six hundred files, it would take three seconds more to be there.
 */
import { checkConfig } from './server/config/load.ts';
import { createServer, lastWords } from './server/main.ts';
import { systemClock, type ClockState } from './server/ports/clock.ts';

/** Runs until the parent ends it or goes away. `dist` is the folder with what the build made. What stops it from starting is said on the error stream. */
export async function rehearse(dist: string): Promise<void> {
  try {
    await serve(dist);
  } catch (error) {
    console.error(lastWords(error));
    process.exit(1);
  }
}

async function serve(dist: string): Promise<void> {
  const clock = systemClock();
  await new Promise<void>((first) => {
    process.on('message', (message: { clock: ClockState }) => {
      clock.follow(message.clock);
      first();
    });
  });
  const config = checkConfig(JSON.parse(process.env['TIELINE_LAB_CONFIG'] ?? '{}'), process.env);
  const server = createServer({ config, clock, dist });
  const finish = (): void => void server.stop().then(() => process.exit(0));
  process.once('SIGTERM', finish).once('disconnect', finish);
  // Ctrl-C reaches the whole process group; the parent decides when we end.
  process.on('SIGINT', () => undefined);
  await server.start();
  process.send?.({ ready: true });
}
