import { type Channel, isAlive } from '../calls/channel.ts';
import { folderNames } from './boxes.ts';
import type { VoicemailApplicationParts } from './leave.ts';

/**
 * VoiceMailPlayMsg(box[@context],id): plays one message from whichever folder it is in. Heard to the end it moves to Old; no MessageWaiting comes
 * (tried). Who hangs up in the middle leaves it where it was, and VOICEMAIL_PLAYBACKSTATUS says SUCCESS all the same (tried).
 */
export async function playVoicemailMessage({ channels, media, variables, voicemail }: VoicemailApplicationParts, channel: Channel, data: string): Promise<number> {
  const [name = '', id = ''] = data.split(',');
  channels.setState(channel, 6);
  if (name === '' || id === '') return -1;
  const box = voicemail.box(name);
  const found = box && folderNames.map((folder) => voicemail.spool.open(box, folder)).find((opened) => voicemail.spool.find(opened, id) !== undefined);
  const number = found && voicemail.spool.find(found, id);
  if (!found || number === undefined) {
    variables.set(channel, 'VOICEMAIL_PLAYBACKSTATUS', 'FAILED');
    return 0;
  }
  const seconds = Number(/^duration=(\d+)$/m.exec(found.folder.text(number) ?? '')?.[1] ?? 0);
  channel.hear({ kind: 'sound', sound: `${voicemail.spoolDirectory}/voicemail/${found.folder.path}/msg${String(number).padStart(4, '0')}`, words: '(a message)' });
  const ending = await media.digit(channel, media.promptMs + (media.promptMs > 0 ? seconds * 1000 : 0), '');
  if (ending !== 'gone') found.heard.add(number);
  voicemail.spool.close(found);
  variables.set(channel, 'VOICEMAIL_PLAYBACKSTATUS', 'SUCCESS');
  return isAlive(channel) ? 0 : -1;
}
