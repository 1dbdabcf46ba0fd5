import { connect } from 'node:net';

/** One call from the PBX's side, byte by byte. lab/asterisk/ is the one that behaves. */
export interface ScriptedCall {
  /** Commands in the order in which they came. */
  commands: string[];
  send(text: string): void;
  hangUp(): void;
  /** Resolves when the service has ended the connection. */
  readonly ended: Promise<void>;
  isEnded(): boolean;
}

/** Text to answer with; null answers nothing. */
export type CallAnswer = (command: string, call: ScriptedCall) => string | null;

export const environment: Readonly<Record<string, string>> = {
  agi_network: 'yes',
  agi_network_script: 'conference',
  agi_request: 'agi://127.0.0.1/conference',
  agi_channel: 'PJSIP/1001-00000001',
  agi_language: 'en',
  agi_type: 'PJSIP',
  agi_uniqueid: '1795243740.7',
  agi_version: '22.10.1',
  agi_callerid: '+15551230001',
  agi_calleridname: 'Dee Dove',
};

export function environmentText(values: Readonly<Record<string, string>> = environment): string {
  return `${Object.entries(values).map(([name, value]) => `${name}: ${value}\n`).join('')}\n`;
}

/** A caller who types these codes, one at each question, and a PBX that has every sound. */
export function caller(...codes: string[]): CallAnswer {
  let next = 0;
  return (command) => {
    if (command === 'ANSWER') return '200 result=0\n';
    if (command.startsWith('GET DATA')) return `200 result=${codes[next++] ?? ''}${next > codes.length ? ' (timeout)' : ''}\n`;
    if (command.startsWith('STREAM FILE')) return '200 result=0 endpos=12320\n';
    if (command.startsWith('WAIT FOR DIGIT')) return '200 result=0\n';
    if (command.startsWith('SET VARIABLE')) return '200 result=1\n';
    if (command.startsWith('SAY DATETIME') || command.startsWith('EXEC')) return '200 result=0\n';
    if (command === 'CHANNEL STATUS') return '200 result=6\n';
    if (command === 'HANGUP') return '200 result=1\nHANGUP\n';
    return '510 Invalid or unknown command\n';
  };
}

export function scriptedCall(port: number, answer: CallAnswer, greeting = environmentText()): ScriptedCall {
  const socket = connect({ host: '127.0.0.1', port });
  const commands: string[] = [];
  let isEnded = false;
  let pending = '';
  const call: ScriptedCall = {
    commands,
    send: (text) => void socket.write(text),
    hangUp: () => void socket.destroy(),
    isEnded: () => isEnded,
    ended: new Promise((resolve) => {
      socket.on('close', () => {
        isEnded = true;
        resolve();
      });
    }),
  };
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk) => {
    pending += String(chunk);
    for (let end = pending.indexOf('\n'); end >= 0; end = pending.indexOf('\n')) {
      const command = pending.slice(0, end);
      pending = pending.slice(end + 1);
      commands.push(command);
      const text = answer(command, call);
      if (text !== null && socket.writable) socket.write(text);
    }
  });
  socket.write(greeting);
  return call;
}
