import type { Channel } from '../calls/channel.ts';

/** The lines with which Asterisk opens a FastAGI conversation, in its order, with the empty line at the end. `script`: path of the URL, no slash before it. */
export function agiEnvironment(channel: Channel, request: string, script: string, version: string, args: readonly string[]): string {
  const lines: [string, string | number][] = [
    ['network', 'yes'],
    ...(script === '' ? [] : [['network_script', script] satisfies [string, string]]),
    ['request', request], ['channel', channel.name], ['language', 'en'], ['type', 'PJSIP'], ['uniqueid', channel.uniqueId], ['version', version],
    ['callerid', channel.caller.number || 'unknown'], ['calleridname', channel.caller.name || 'unknown'],
    ['callingpres', 0], ['callingani2', 0], ['callington', 0], ['callingtns', 0], ['dnid', channel.dialled || 'unknown'], ['rdnis', 'unknown'],
    ['context', channel.context], ['extension', channel.extension], ['priority', channel.priority], ['enhanced', '0.0'], ['accountcode', ''], ['threadid', 140654738192064],
    ...args.map((each, index): [string, string] => [`arg_${index + 1}`, each]),
  ];
  return `${lines.map(([name, value]) => `agi_${name}: ${value}\n`).join('')}\n`;
}
