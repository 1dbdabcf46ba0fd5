import { makeBlock } from '../../../invitation/index.ts';
import type { Block, BlockDetails, BlockTexts } from '../../../invitation/index.ts';

export const joinBase = 'https://meet.example.com/j/';
export const id = 'k7v7m2qx4tndk7v3m2qx4tnd22';
export const otherId = 'abcdefghijklmnopqrstuvwxyz';

export const english: BlockTexts = {
  join: 'Join the conference',
  passcode: 'Passcode',
  byPhone: 'By phone',
  accessCode: 'Access code',
  otherNumbers: 'Numbers in other countries',
  otherCountries: 'Other countries',
  host: 'Host',
  help: 'Help joining',
};

export const german: BlockTexts = {
  join: 'An der Konferenz teilnehmen',
  passcode: 'Kenncode',
  byPhone: 'Per Telefon',
  accessCode: 'Zugangscode',
  otherNumbers: 'Nummern in anderen Ländern',
  otherCountries: 'Andere Länder',
  host: 'Leitung',
  help: 'Hilfe beim Teilnehmen',
};

export function details(over: Partial<BlockDetails> = {}): BlockDetails {
  return {
    joinUrl: joinBase + id,
    passcode: '7391',
    accessCode: '482913756',
    numbers: [
      { country: 'Germany', display: '+49 30 23125 400', e164: '+493023125400' },
      { country: 'United Kingdom', display: '+44 20 7946 0400', e164: '+442079460400' },
    ],
    moreNumbers: true,
    host: 'Anna Berger',
    ...over,
  };
}

export const block: Block = makeBlock(details(), english);
export const germanBlock: Block = makeBlock(details(), german);
export const otherBlock: Block = makeBlock(details({ joinUrl: joinBase + otherId, passcode: '1111', accessCode: '123456789' }), english);

export const texts: readonly BlockTexts[] = [english, german];
