import type { Admission } from '../../server/ports/admission.ts';

/** Answers only what the test is about; everything else is a question that nobody should have asked. */
export function onlyAdmission(answers: Partial<Admission>): Admission {
  const unasked = async (): Promise<never> => {
    throw new Error('nobody should have asked this');
  };
  return { decideByCode: unasked, atDoor: unasked, leftDoor: unasked, decideForPerson: unasked, decideForRoom: unasked, roomEnded: unasked, codeOfRoom: unasked, ...answers };
}
