/** Every connector that there is. A new one is one line in each of the two lists. */
import { z } from 'zod';
import type { Admission } from '../ports/admission.ts';
import type { Clock } from '../ports/clock.ts';
import type { Greetings } from '../ports/greeting-store.ts';
import type { Connector } from '../ports/connector.ts';
import type { Log } from '../ports/log.ts';
import type { Wake } from '../ports/wake.ts';
import { asteriskConfig } from './asterisk/config.ts';
import { createAsterisk } from './asterisk/index.ts';
import { graphConfig } from './graph/config.ts';
import { createGraph } from './graph/index.ts';
import { imapConfig } from './imap/config.ts';
import { createImap } from './imap/index.ts';
import { jitsiConfig } from './jitsi/config.ts';
import { createJitsi } from './jitsi/index.ts';
import { smtpConfig } from './smtp/config.ts';
import { createSmtp } from './smtp/index.ts';
import { transcriptionConfig } from './transcription/config.ts';
import { createTranscription } from './transcription/index.ts';

/** One entry of `connectors` in the configuration file. */
export const connectorConfig = z.discriminatedUnion('type', [asteriskConfig, graphConfig, imapConfig, jitsiConfig, smtpConfig, transcriptionConfig]);
export type ConnectorConfig = z.output<typeof connectorConfig>;

/** What the server gives to a connector. */
export interface ConnectorWorld {
  clock: Clock;
  log: Log;
  admission: Admission;
  greetings: Greetings;
  wake: Wake;
  /** Where the outside reaches us, without a slash at the end: doors are at `<publicUrl>/hooks/<instance>/<path>`. */
  publicUrl: string;
  /** The booking keyword that is looked for in places of meetings; null when nobody books by one. */
  keyword: string | null;
  /** Certificate authorities to trust besides the public ones, PEM. */
  ca: string | undefined;
  env: Readonly<Record<string, string | undefined>>;
}

/** Makes the connector that an entry describes; it does nothing before `start`. */
export function createConnector(config: ConnectorConfig, world: ConnectorWorld): Connector {
  switch (config.type) {
    case 'asterisk':
      return createAsterisk({ config, ...world });
    case 'jitsi':
      return createJitsi({ config, ...world });
    case 'graph':
      return createGraph({ config, ...world });
    case 'imap':
      return createImap({ config, ...world });
    case 'smtp':
      return createSmtp({ config, ...world });
    case 'transcription':
      return createTranscription({ config, ...world });
  }
}
