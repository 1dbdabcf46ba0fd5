import type { PersonInput } from './exchange/index.ts';

/** The company of the rehearsal. Everybody lives in Berlin, so that the lab's clock and the phone say the same time. */
export const timeZone = 'Europe/Berlin';

export const domain = 'example.com';

/** Who sits in the chair. */
export const anna = `anna.berger@${domain}`;

/** The other administrator: two of them can be seen to save over each other. */
export const maria = `maria.lindqvist@${domain}`;

export const people: PersonInput[] = [
  { name: 'Anna Berger', address: anna, timeZone },
  { name: 'Jonas Weber', address: `jonas.weber@${domain}`, timeZone, jobTitle: 'Head of Logistics', officeLocation: 'Berlin', department: 'Logistics', businessPhones: ['+49 30 23125 202'], mobilePhone: '+49 171 39200 14' },
  { name: 'Maria Lindqvist', address: maria, timeZone, jobTitle: 'Administrator', department: 'IT' },
  { name: 'Tomasz Kowal', address: `tomasz.kowal@${domain}`, timeZone },
  { name: 'Room 4.12', address: `room412@${domain}`, timeZone, userPurpose: 'room' },
];

export const phones = [
  { extension: '201', name: 'Anna Berger' },
  { extension: '202', name: 'Jonas Weber' },
  { extension: '203', name: 'Maria Lindqvist' },
];

/** Each phone has a box, whose address is its owner's: so the PBX itself says whose it is. */
export const voicemailBoxes = phones.map(({ extension, name }) => ({ mailbox: extension, fullname: name, email: people.find((person) => person.name === name)?.address ?? '' }));
