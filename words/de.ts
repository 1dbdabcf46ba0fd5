import type { Words } from './en.ts';

/** German. */
export const de: Words = {
  block: {
    join: 'An der Konferenz teilnehmen',
    passcode: 'Kenncode',
    byPhone: 'Per Telefon',
    accessCode: 'Zugangscode',
    otherNumbers: 'Nummern in anderen Ländern',
    otherCountries: 'Andere Länder',
    host: 'Leitung',
    help: 'Hilfe beim Teilnehmen',
  },
};
