import { pick } from './pick.ts';

/** The invite block. Labels without their colon (invitation/types.ts). */
const en = {
  join: 'Join the conference',
  passcode: 'Passcode',
  byPhone: 'By phone',
  accessCode: 'Access code',
  otherNumbers: 'Numbers in other countries',
  otherCountries: 'Other countries',
  host: 'Host',
  help: 'Help joining',
};

export type BlockWords = typeof en;

const de: BlockWords = {
  join: 'An der Konferenz teilnehmen',
  passcode: 'Kenncode',
  byPhone: 'Per Telefon',
  accessCode: 'Zugangscode',
  otherNumbers: 'Nummern in anderen Ländern',
  otherCountries: 'Andere Länder',
  host: 'Leitung',
  help: 'Hilfe beim Teilnehmen',
};

/** The words of a language, English when there are none. */
export function blockWords(language: string): BlockWords {
  return pick({ en, de }, language);
}

/** The block's words in every language that may stand in an invite: by them an older block is known, whatever language it was written in. */
export const everyBlock: readonly BlockWords[] = [en, de];
