import type { ConferenceRole } from '../../../domain/conference.ts';
import { OurError } from '../../../domain/errors.ts';
import type { Queries } from '../../../store/schema.ts';
import { newCode } from './codes.ts';
import type { ConferenceDeps } from '../deps.ts';
import { reserveCode } from '../rows.ts';

/** How often a taken code is drawn again. With nine digits and a million codes in use, one draw in a thousand is taken. */
const draws = 20;

/** Draws a code that nobody has and reserves it until `until`, epoch ms. */
export async function takeCode(
  deps: Pick<ConferenceDeps, 'policy'>, tx: Queries, { tenantId, id }: { tenantId: string; id: string }, role: ConferenceRole, until: number, now: number,
): Promise<string> {
  for (let draw = 0; draw < draws; draw++) {
    const code = newCode(deps.policy.codeDigits);
    if (await reserveCode(tx, tenantId, code, id, role, until, now)) return code;
  }
  throw new OurError(`no free dial-in code in ${draws} draws of ${deps.policy.codeDigits} digits`);
}
