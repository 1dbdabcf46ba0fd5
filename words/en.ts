/** English, the source language: every other one has the same keys. */
export const en = {
  block: {
    join: 'Join the conference',
    passcode: 'Passcode',
    byPhone: 'By phone',
    accessCode: 'Access code',
    otherNumbers: 'Numbers in other countries',
    otherCountries: 'Other countries',
    host: 'Host',
    help: 'Help joining',
  },
};

export type Words = typeof en;
