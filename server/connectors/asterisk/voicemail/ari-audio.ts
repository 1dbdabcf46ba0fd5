import { TheirError } from '../../../domain/errors.ts';
import { largestSound } from '../../../domain/voicemail.ts';
import { header } from '../client/ami/packet.ts';
import { type AriAddress, ariRequest } from '../client/ari/request.ts';
import type { Hub } from '../hub.ts';
import { type AudioSource, contentTypeOf } from './audio.ts';
import { addressOf } from './lists.ts';

export interface AriAudioOptions {
  hub: Hub;
  address: AriAddress;
  /** `astspooldir`; asked of the PBX when it is not given. */
  spoolDirectory: string | undefined;
  prefix: string;
  audioMs: number;
  /**
   * Null: Asterisk serves sound. Otherwise it has a message and does not serve its sound; the function looks whether it does now (true also when that
   * message has gone, for then nothing is known).
   */
  onLayout(look: (() => Promise<boolean>) | null): void;
}

export function messageFile(number: number): string {
  return `msg${String(number).padStart(4, '0')}`;
}

/** Ids by AMI's AST_CONFIG, sound by ARI's stored recordings (no class beyond what lists need; FILE and SHELL are closed to us). */
export function createAriAudio({ hub, address, spoolDirectory, prefix, audioMs, onLayout }: AriAudioOptions): AudioSource {
  const { connector } = address;
  let asked: string | undefined;

  async function value(variable: string): Promise<string> {
    const reply = await hub.call('Getvar', { Variable: variable });
    if (!reply.isSuccess) throw new TheirError(connector, 'refused', `Asterisk does not tell a value: ${reply.message}`, { remedy: 'The manager user needs "reporting" in "write =", and func_config.so must be loaded.' });
    return header(reply.head, 'Value');
  }

  async function spool(): Promise<string> {
    asked ??= spoolDirectory ?? (await value('ASTSPOOLDIR'));
    if (!/^\/[\w./ -]+$/.test(asked)) throw new TheirError(connector, 'unreadable', 'Asterisk does not say where its spool is', { remedy: 'Set voicemail.spoolDirectory to astspooldir of asterisk.conf.' });
    return asked;
  }

  async function isServed(name: string): Promise<boolean> {
    const { status } = await ariRequest(address, { method: 'GET', path: `/recordings/stored/${name}`, deadlineMs: audioMs, mostBytes: 64 * 1024 });
    return status === 200;
  }

  hub.onResync(() => (asked = undefined));

  const source: AudioSource = {
    async idAt(box, folder, number) {
      const { Mailbox, Context } = addressOf(connector, box);
      return value(`AST_CONFIG(${await spool()}/voicemail/${Context}/${Mailbox}/${folder}/${messageFile(number)}.txt,message,msg_id)`);
    },
    async soundAt(box, folder, number) {
      const { Mailbox, Context } = addressOf(connector, box);
      // The slashes belong to the name, so they are encoded, too (tried).
      const name = encodeURIComponent(`${prefix}/${Context}/${Mailbox}/${folder}/${messageFile(number)}`);
      const { status, contentType, body } = await ariRequest(address, { method: 'GET', path: `/recordings/stored/${name}/file`, deadlineMs: audioMs, mostBytes: largestSound });
      if (status === 200) {
        onLayout(null);
        return { contentType: contentTypeOf(contentType.replace(/^audio\//, '')), bytes: body };
      }
      if (status === 404) {
        // Either it was renumbered this moment, or ARI does not see the spool at all.
        if ((await source.idAt(box, folder, number)) !== '') onLayout(async () => (await source.idAt(box, folder, number)) === '' || (await isServed(name)));
        return null;
      }
      throw new TheirError(connector, status >= 500 ? 'unavailable' : 'refused', `ARI answered ${status} when asked for audio`);
    },
  };
  return source;
}
