import type { AgiClient } from '../agi/client.ts';
import type { Applications } from '../calls/applications.ts';
import { type Channel, isAlive } from '../calls/channel.ts';
import type { Channels } from '../calls/channels.ts';
import type { Variables } from '../calls/variables.ts';
import type { PresenceStates } from '../states/presence-states.ts';
import type { Voicemail } from './index.ts';

/** What each phone dials for its own box. */
const ownNumber = '*97';

/** The voicemail part of the dialplan: the same steps as pbx/asterisk/voicemail.conf and the example in its README. */
export interface VoicemailRoutes {
  isNumber(extension: string): boolean;
  hasBox(extension: string): boolean;
  /** Nobody took the call: a message may be left. */
  nobodyThere(channel: Channel, extension: string): Promise<void>;
  /** *97. */
  ownBox(channel: Channel): Promise<void>;
  /** Context tieline-play: one message, asked for by VMBOX and VMID. */
  playOne(channel: Channel): Promise<void>;
}

/** Between the word that somebody goes into a box and their going in: time for a change that is under way there. Seconds, as there. */
const doorstep = '0.3';

interface RouteParts { agi: AgiClient; agiUrl: () => string; applications: Applications; channels: Channels; presences: PresenceStates; variables: Variables; voicemail: Voicemail }

export function createVoicemailRoutes({ agi, agiUrl, applications, channels, presences, variables, voicemail }: RouteParts): VoicemailRoutes {
  /** The steps of tieline-greeting in pbx/asterisk/greeting.conf: asked only where the owner is something else than available. */
  async function greet(channel: Channel, extension: string): Promise<void> {
    variables.set(channel, 'TIELINE_GREETED', '');
    const { state } = presences.get(`CustomPresence:${extension}`);
    if (!['away', 'xa', 'dnd'].includes(state)) return;
    await applications.run(channel, 'Answer', '');
    const url = new URL('/greeting', agiUrl()).href;
    channels.step(channel, 'AGI', `${url},${extension}`);
    await agi.run(channel, url, [extension]);
  }

  async function visit(channel: Channel, box: string, application: string, data: string): Promise<void> {
    await applications.run(channel, 'UserEvent', `TielineVoicemail,State: in,Box: ${box}`);
    await applications.run(channel, 'Wait', doorstep);
    if (isAlive(channel)) await applications.run(channel, application, data);
    await applications.run(channel, 'UserEvent', `TielineVoicemail,State: out,Box: ${box}`);
    channels.hangUp(channel, { cause: 16, by: 'exchange' });
  }

  return {
    isNumber: (extension) => extension === ownNumber && voicemail.spool.boxes().length > 0,
    hasBox: (extension) => voicemail.box(extension) !== undefined,
    async nobodyThere(channel, extension) {
      await greet(channel, extension);
      if (!isAlive(channel)) return;
      // `s` leaves out the box's own greeting.
      const own = variables.get(channel, 'DIALSTATUS') === 'BUSY' ? 'b' : 'u';
      await visit(channel, `${extension}@default`, 'VoiceMail', `${extension}@default,${variables.get(channel, 'TIELINE_GREETED') === '1' ? 's' : own}`);
    },
    ownBox: (channel) => visit(channel, `${channel.phone}@default`, 'VoiceMailMain', `${channel.phone}@default,s`),
    async playOne(channel) {
      const [box, id] = [variables.get(channel, 'VMBOX') ?? '', variables.get(channel, 'VMID') ?? ''];
      const said = `Box: ${box},Id: ${id},Call: ${channel.uniqueId}`;
      await applications.run(channel, 'Answer', '500');
      await applications.run(channel, 'UserEvent', `TielineVoicemail,State: in,Box: ${box}`);
      await applications.run(channel, 'Wait', doorstep);
      if (isAlive(channel)) await applications.run(channel, 'VoiceMailPlayMsg', `${box},${id}`);
      const status = !isAlive(channel) ? 'HUNGUP' : (variables.get(channel, 'VOICEMAIL_PLAYBACKSTATUS') ?? 'FAILED');
      await applications.run(channel, 'UserEvent', `TielinePlayed,${said},Status: ${status}`);
      await applications.run(channel, 'UserEvent', `TielineVoicemail,State: out,Box: ${box}`);
      channels.hangUp(channel, { cause: 16, by: 'exchange' });
    },
  };
}
