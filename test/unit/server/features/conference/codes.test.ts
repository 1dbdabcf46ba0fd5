import assert from 'node:assert/strict';
import { conferenceIdPattern } from '../../../../../server/domain/conference.ts';
import { newCode, newConferenceId, newPasscode, newRoomName } from '../../../../../server/features/conference/admission/codes.ts';

describe('codes: random, of the promised shape', () => {
  it('ids are 26 base32 characters that use all 128 bits', () => {
    const ids = Array.from({ length: 500 }, newConferenceId);
    assert.ok(ids.every((id) => conferenceIdPattern.test(id)));
    assert.equal(new Set(ids).size, 500);
    for (let place = 1; place < 26; place++) assert.ok(new Set(ids.map((id) => id[place])).size > 20, `character ${place} hardly varies`);
  });

  it('dial-in codes have exactly the digits asked for and no leading zero', () => {
    for (const digits of [6, 9, 12]) for (let n = 0; n < 200; n++) assert.match(newCode(digits), new RegExp(`^[1-9]\\d{${digits - 1}}$`));
  });

  it('passcodes are four digits, leading zeros kept', () => {
    for (let n = 0; n < 500; n++) assert.match(newPasscode(), /^\d{4}$/);
  });

  it('room names carry only letters and digits', () => assert.match(newRoomName(), /^tl[0-9a-f]{20}$/));
});
