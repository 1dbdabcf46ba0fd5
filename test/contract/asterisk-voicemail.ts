import { type Asterisk, createAsterisk as createStandIn } from '../../lab/asterisk/index.ts';
import { folderFiles } from '../../lab/asterisk/voicemail/files.ts';
import { createLabClock, type TurnableClock } from '../../lab/clock.ts';
import { asteriskConfig, type AsteriskConfigInput, type AsteriskConnector, createAsterisk } from '../../server/connectors/asterisk/index.ts';
import type { Log } from '../../server/ports/log.ts';
import { silent } from '../../server/ports/log.ts';
import type { VoicemailStore } from '../../server/ports/voicemail-store.ts';
import { onlyAdmission } from '../support/admission.ts';
import { createRunningClock, lastLines } from '../support/running-clock.ts';
import type { ContractPhone, VoicemailWorld } from './voicemail-store.ts';

const secret = 'open sesame';

export interface AsteriskVoicemailWorld extends VoicemailWorld {
  pbx: Asterisk;
  connector: AsteriskConnector;
  clock: TurnableClock;
  /** Lets so many milliseconds of the clock pass. */
  later(ms: number): Promise<void>;
}

export interface AsteriskVoicemailOptions {
  voicemail?: AsteriskConfigInput['voicemail'];
  /** How many removed messages the PBX itself keeps in each box. */
  backupDeleted?: number;
  hasAri?: boolean;
  /** Classes of the manager user. */
  write?: readonly string[];
  log?: Log;
  unknownActions?: readonly string[];
  /** The PBX's spool is a real folder here. */
  spool?: string;
  /** Does not wait until everything works. */
  isLame?: boolean;
  /** Messages that the small box takes. */
  smallRoom?: number;
  box?: { email?: string; attach?: boolean; deletes?: boolean; zone?: string };
  /** Of the people on the PBX. */
  timeZone?: string;
}

/** The real connector over real sockets with the stand-in, whose clock runs fast where somebody waits. */
export async function asteriskVoicemailWorld({ voicemail = {}, backupDeleted = 0, hasAri = true, write = ['call', 'reporting', 'originate', 'user'], log = silent, unknownActions = [], spool, isLame = false, smallRoom = 3, box = {}, timeZone }: AsteriskVoicemailOptions = {}): Promise<AsteriskVoicemailWorld> {
  const clock = createLabClock({ startAt: Date.now(), paused: true });
  const pbx = await createStandIn({
    clock,
    users: [{ name: 'tieline', secret, read: ['call', 'system', 'user'], write }],
    ariUsers: hasAri ? [{ name: 'tieline', password: secret, readOnly: true }] : [],
    phones: ['1001', '1002', '1003'].map((extension) => ({ extension, name: `Phone ${extension}` })),
    unknownActions,
    voicemail: { ...(spool === undefined ? {} : { files: folderFiles(spool) }), boxes: [{ mailbox: '1001', fullname: 'Ann Alder', backupDeleted, ...box }, { mailbox: '1002', fullname: 'Bob Birch', maxMessages: smallRoom, backupDeleted }] },
    agiUrl: () => `agi://127.0.0.1:${connector.agiPort() ?? 0}/conference`,
    digitMs: 0,
    // Long enough for a key to be pressed while a prompt is heard: waiting turns the clock by 20 ms at a time.
    promptMs: 200,
  });
  const connector = createAsterisk({
    config: asteriskConfig.parse({
      type: 'asterisk', instance: 'pbx', ami: { host: '127.0.0.1', port: pbx.amiPort, username: 'tieline', secretEnv: 'AMI_SECRET' }, agi: { port: 0 }, voicemail, callControl: { context: 'internal' }, ...(timeZone === undefined ? {} : { timeZone }),
      ...(hasAri ? { ari: { url: `http://127.0.0.1:${pbx.ariPort}`, username: 'tieline', passwordEnv: 'ARI_PASSWORD' } } : {}),
    }),
    clock, log, random: () => 0.5, env: { AMI_SECRET: secret, ARI_PASSWORD: secret },
    admission: onlyAdmission({ decideByCode: async () => ({ admit: false, refusal: 'unknown-code', language: 'en', mayRetry: false }) }),
  });

  const { until, through } = createRunningClock(clock, () => lastLines(pbx.log));

  function store(): VoicemailStore {
    if (!connector.voicemailStore) throw new Error('no voicemail is configured');
    return connector.voicemailStore;
  }

  /** Presses keys in the voicemail menu, each when it is asked for. */
  async function press(extension: string, keys: string): Promise<void> {
    for (const key of keys) {
      const before = pbx.phone(extension).view().hears.length;
      await through(pbx.phone(extension).enter(key));
      await until('the menu goes on', () => pbx.phone(extension).view().hears.length > before || pbx.phone(extension).view().call === null);
    }
  }

  async function pickUp(box: string): Promise<ContractPhone> {
    const extension = box.split('@')[0] ?? '';
    const phone = pbx.phone(extension);
    const found = pbx.exchange.voicemail.box(box);
    if (!found) throw new Error('no such box');
    phone.dial('*97');
    await until('the menu asks', () => phone.view().askedForDigits);
    const ids = pbx.exchange.voicemail.spool.summary(found).filter(({ folder }) => folder === 'INBOX').map(({ id }) => id);
    return {
      // A key during the envelope goes on, and what was skipped so stays unheard.
      async hear(id) {
        await press(extension, `1${'6'.repeat(ids.indexOf(id))}`);
        await until('it is played', () => phone.view().hears.at(-1)?.sound === 'vm-delete');
      },
      remove: async (id) => press(extension, `1${'6'.repeat(ids.indexOf(id))}7`),
      async hangUp() {
        phone.hangUp();
        await until('the box is left', () => pbx.channels().length === 0);
      },
    };
  }

  await connector.start();
  await until('the connector is ready', () => connector.status().state !== 'starting' && ((connector.status().capabilities.includes('voicemail') && (connector.status().capabilities.includes('callControl') || !write.includes('originate'))) || (isLame && connector.status().gaps.length > 0)));
  if (hasAri && !isLame) await until('sound works', () => connector.status().capabilities.includes('voicemailAudio'));

  return {
    store: store(), pbx, connector, clock, box: '1001@default', small: '1002@default', pickUp, through, until,
    later: (ms) => through(clock.sleep(ms)),
    leave: async (name, caller) => pbx.exchange.voicemail.leave(name, { caller }),
    async duplicate(name, id) {
      const [mailbox = '', context = ''] = name.split('@');
      pbx.exchange.voicemail.writes.forward({ mailbox, context, folder: 'INBOX', id }, { mailbox, context, folder: 'INBOX' });
      return true;
    },
    async pretend() {
      pbx.exchange.voicemail.writes.pretend(1);
      return true;
    },
    async cut() {
      const mend = await pbx.faults.down();
      await until('it is noticed', () => connector.status().state === 'down');
      return async () => {
        await through(mend());
        await until('it is back', () => connector.status().capabilities.includes('voicemailChanges'));
      };
    },
    async stop() {
      await connector.stop();
      await pbx.close();
      clock.stop();
    },
  };
}
