/**
 * Which change on one side asks for what on the other. Tables 63 to 66 are the ones of the voice system that people know, word for word as data:
 * at start-up both sides' states are compared, in normal running each change is an event. The rest are choices of ours over the same words.
 */

export type VoicemailHappening = 'voicemail deleted' | 'voicemail heard' | 'voicemail undeleted' | 'voicemail marked unheard';
export type MailHappening = 'e-mail deleted' | 'e-mail read' | 'e-mail undeleted' | 'e-mail marked unread';
export type Happening = VoicemailHappening | MailHappening;

/** What can be asked for. "Saved" is where a heard message lies. */
export type Step =
  | 'delete e-mail' | 'mark e-mail read' | 'mark e-mail unread' | 'move e-mail to Inbox'
  | 'delete voicemail' | 'mark voicemail heard' | 'mark voicemail unheard' | 'move voicemail to Saved';

export function isOnVoicemail(step: Step): boolean {
  return step.includes('voicemail');
}

/** "NEW" is where an unheard message lies, so the first two are one question to us; both stand as the tables have them. */
export type Condition = 'voicemail is unheard' | 'voicemail is in the NEW folder' | 'e-mail is not in Trash';

export interface RunningRow {
  event: Happening;
  action: readonly { step: Step; if?: Condition }[];
}

export interface StartUpRow {
  voicemail: 'Deleted' | 'Not deleted' | 'Heard' | 'Unheard';
  mail: 'Deleted' | 'Not deleted' | 'Read' | 'Unread';
  action: Step;
}

export interface RuleTable {
  startUp: readonly StartUpRow[];
  running: readonly RunningRow[];
}

/** Start-up, e-mail text only; all other states: no action. */
export const table63: readonly StartUpRow[] = [
  { voicemail: 'Deleted', mail: 'Not deleted', action: 'delete e-mail' },
  { voicemail: 'Heard', mail: 'Unread', action: 'mark e-mail read' },
];

/** Start-up, e-mail with WAV. */
export const table64: readonly StartUpRow[] = [
  { voicemail: 'Heard', mail: 'Unread', action: 'mark e-mail read' },
  { voicemail: 'Unheard', mail: 'Read', action: 'mark voicemail heard' },
  { voicemail: 'Deleted', mail: 'Not deleted', action: 'delete e-mail' },
  { voicemail: 'Not deleted', mail: 'Deleted', action: 'delete voicemail' },
];

/** Normal running, e-mail text only; all other events: none. */
export const table65: readonly RunningRow[] = [
  { event: 'voicemail deleted', action: [{ step: 'delete e-mail' }] },
  { event: 'voicemail heard', action: [{ step: 'mark e-mail read' }] },
];

/** Normal running, e-mail with WAV. */
export const table66: readonly RunningRow[] = [
  { event: 'voicemail deleted', action: [{ step: 'delete e-mail' }] },
  { event: 'voicemail heard', action: [{ step: 'mark e-mail read' }] },
  { event: 'voicemail undeleted', action: [{ step: 'move e-mail to Inbox' }, { step: 'mark e-mail unread', if: 'voicemail is unheard' }] },
  { event: 'voicemail marked unheard', action: [{ step: 'mark e-mail unread', if: 'voicemail is in the NEW folder' }] },
  { event: 'e-mail deleted', action: [{ step: 'delete voicemail' }] },
  { event: 'e-mail read', action: [{ step: 'mark voicemail heard' }] },
  { event: 'e-mail undeleted', action: [{ step: 'move voicemail to Saved' }] },
  { event: 'e-mail marked unread', action: [{ step: 'mark voicemail unheard', if: 'e-mail is not in Trash' }] },
];

export const textOnly: RuleTable = { startUp: table63, running: table65 };
export const withWav: RuleTable = { startUp: table64, running: table66 };

/** One way to the mailbox: the mail follows the voicemail in everything, and nothing that is done to the mail reaches the phone. */
export const oneWay: RuleTable = {
  startUp: table64.filter(({ action }) => action.includes('e-mail')),
  running: table66.filter(({ event }) => event.startsWith('voicemail')),
};

/** Notify only: a mail is sent, and that is all. */
export const notifyOnly: RuleTable = { startUp: [], running: [] };
