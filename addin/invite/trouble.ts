import { OfficeFault } from '../office/call.ts';
import { TalkFault } from '../talk/fault.ts';
import { SignInFault } from '../talk/sign-in.ts';
import type { Trouble } from './outcome.ts';

function ofServer(fault: TalkFault): Trouble {
  const reference = fault.problem?.correlationId ?? '';
  if (fault.kind === 'signed-out') return { kind: 'signed-out' };
  if (fault.kind === 'not-allowed') return { kind: 'not-allowed', reference };
  if (fault.kind === 'offline' || fault.kind === 'silent' || fault.kind === 'busy') return { kind: 'unreachable', reference };
  if (fault.problem?.code === 'changed-meanwhile') return { kind: 'changed-elsewhere' };
  return {
    kind: 'refused',
    code: fault.problem?.code ?? fault.kind,
    detail: fault.problem?.detail ?? fault.message,
    remedy: fault.problem?.remedy ?? '',
    reference,
  };
}

/** What a failure means to the person. A fault that is none of the known is a mistake of ours and says so. */
export function troubleOf(fault: unknown): Trouble {
  if (fault instanceof TalkFault) return ofServer(fault);
  if (fault instanceof OfficeFault) return { kind: 'outlook', call: fault.call, code: fault.code };
  if (fault instanceof SignInFault) {
    if (fault.reason === 'not-allowed') return { kind: 'not-allowed', reference: fault.rungs.join('; ') };
    if (fault.reason === 'unreachable') return { kind: 'unreachable', reference: '' };
    return { kind: 'signed-out' };
  }
  return { kind: 'refused', code: 'add-in', detail: fault instanceof Error ? fault.message : String(fault), remedy: '', reference: '' };
}
