import { originateResponse, type Origination } from '../../calls/originate.ts';
import type { Party } from '../../calls/channel.ts';
import type { Dialplan } from '../../dialplan.ts';
import type { ActionFamily } from '../action.ts';
import type { Request } from '../request.ts';

/** Applications that reach beyond the PBX: nobody without the class `system` may start them. */
const forbidden = ['system', 'trysystem', 'agi', 'deadagi', 'eagi', 'exec', 'execif', 'externalivr', 'mixmonitor', 'shell'];
/** Longest ChannelId (AST_MAX_PUBLIC_UNIQUEID). */
const longestId = 149;

/** `"Name" <number>`, or either of them alone. */
function readCaller(text: string): Party | null {
  const both = /^\s*"?(.*?)"?\s*<([^>]*)>\s*$/.exec(text);
  if (both) return { name: both[1] ?? '', number: (both[2] ?? '').replace(/[^\d+*#]/g, '') };
  if (text.trim() === '') return null;
  return /^[\d+*#]+$/.test(text.trim()) ? { name: '', number: text.trim() } : { name: text.trim(), number: '' };
}

/** Every `Variable:` header splits on commas, which is why free text does not belong there (tried). */
function readVariables(request: Request): (readonly [string, string])[] {
  return request.all('Variable').flatMap((line) => line.split(',')).flatMap((pair) => {
    const equals = pair.indexOf('=');
    return equals < 1 ? [] : [[pair.slice(0, equals), pair.slice(equals + 1)] as const];
  });
}

/** What the request wants, or why it cannot be. */
function readRequest(request: Request, dialplan: Dialplan, maySystem: boolean): Origination | string {
  const channel = request.header('Channel');
  const application = request.header('Application');
  const context = request.header('Context');
  const extension = request.header('Exten');
  const priority = request.header('Priority');
  const timeout = request.header('Timeout');
  const id = request.header('ChannelId');
  if (id.length > longestId) return `Uniqueid length exceeds maximum of ${longestId}\n`;
  if (channel === '') return 'Channel not specified';
  if (priority !== '' && !/^\d/.test(priority)) return 'Invalid priority';
  if (timeout !== '' && !/^-?\d/.test(timeout)) return 'Invalid timeout';
  if (!channel.includes('/')) return 'Invalid channel';
  if (application !== '' && forbidden.includes(application.toLowerCase()) && !maySystem) return 'Originate Access Forbidden: app or data blacklisted';
  const whole = extension !== '' && context !== '' && Number.parseInt(priority, 10) > 0;
  if (whole && !dialplan.exists(context, extension)) return 'Extension does not exist.';
  if (application === '' && !whole) return "Originate with 'Exten' requires 'Context' and 'Priority'";
  return {
    channel, id, timeoutMs: Number.parseInt(timeout || '30000', 10), caller: readCaller(request.header('CallerID')), variables: readVariables(request),
    next: application === '' ? { context, extension, priority: Number.parseInt(priority, 10) } : { application, data: request.header('Data') },
  };
}

function isTrue(text: string): boolean {
  return ['yes', 'true', 'y', 't', '1', 'on'].includes(text.toLowerCase());
}

export const originateActions: ActionFamily = [
  {
    name: 'Originate', synopsis: 'Originate a call.', classes: ['originate'], fromModule: false,
    async run({ bus, dialplan, originate }, request, reply, session) {
      const wanted = readRequest(request, dialplan, session.write.some((each) => ['system', 'all'].includes(each)));
      if (typeof wanted === 'string') return reply.error(wanted);
      if (isTrue(request.header('Async'))) {
        reply.ack('Originate successfully queued');
        void originate(wanted).then((result) => bus.publish(['call'], 'OriginateResponse', originateResponse(wanted, request.actionId, result)));
        return;
      }
      // Blocks this session until the first leg has answered or failed (tried).
      const { ok } = await originate(wanted);
      if (ok) reply.ack('Originate successfully queued');
      else reply.error('Originate failed');
    },
  },
];
