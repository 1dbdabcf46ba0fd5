/** What msgNNNN.txt says about a message. */
export interface MessageFile {
  mailbox: string;
  /** Where the dialplan stood. */
  context: string;
  extension: string;
  channel: string;
  /** `"Dee Dove" <+15551230001>`, or Unknown. */
  callerId: string;
  /** Epoch seconds, by the PBX's clock. */
  time: number;
  id: string;
  /** Urgent, or empty. */
  flag: string;
  /** Whole seconds. */
  duration: number;
}

const dayNames = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `Sat Nov 21 06:49:00 AM UTC 2026`: always UTC (app_voicemail.c, and tried). Epoch seconds. */
export function dateText(seconds: number): string {
  const date = new Date(seconds * 1000);
  const two = (value: number): string => String(value).padStart(2, '0');
  const hour = date.getUTCHours();
  const time = `${two(hour % 12 || 12)}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())} ${hour < 12 ? 'AM' : 'PM'}`;
  return `${dayNames[date.getUTCDay()]} ${monthNames[date.getUTCMonth()]} ${String(date.getUTCDate()).padStart(2, ' ')} ${time} UTC ${date.getUTCFullYear()}`;
}

export function callerIdText({ name, number }: { name: string; number: string }): string {
  if (name !== '' && number !== '') return `"${name}" <${number}>`;
  return name || number || 'Unknown';
}

export function writeMessageFile(message: MessageFile): string {
  return [
    ';', '; Message Information file', ';', '[message]', `origmailbox=${message.mailbox}`, `context=${message.context}`, `exten=${message.extension}`, 'rdnis=unknown', 'priority=2',
    `callerchan=${message.channel}`, `callerid=${message.callerId}`, `origdate=${dateText(message.time)}`, `origtime=${message.time}`, 'category=', `msg_id=${message.id}`,
    `flag=${message.flag}`, `duration=${message.duration}`, '',
  ].join('\n');
}

/**
 * A value of the section [message], as Asterisk's reader of configuration files sees it: a semicolon begins a comment, so that a caller called
 * "Bob; drop" is `"Bob` (tried). Undefined when there is no such line.
 */
export function readValue(text: string, name: string): string | undefined {
  let inside = false;
  for (const line of text.split('\n')) {
    const bare = line.replace(/;.*$/, '').trim();
    if (bare.startsWith('[')) inside = bare.toLowerCase() === '[message]';
    const equals = bare.indexOf('=');
    if (inside && equals > 0 && bare.slice(0, equals).trim().toLowerCase() === name.toLowerCase()) return bare.slice(equals + 1).trim();
  }
  return undefined;
}
