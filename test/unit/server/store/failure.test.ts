import assert from 'node:assert/strict';
import { TheirError } from '../../../../server/domain/errors.ts';
import { asStoreError, breaksConnection, mayRunAgain } from '../../../../server/store/failure.ts';

function failure(code: string, message = 'x'): Error {
  return Object.assign(new Error(message), code === '' ? {} : { code });
}

function faultOf(error: Error): string {
  const told = asStoreError(error);
  return told instanceof TheirError ? told.fault : 'unchanged';
}

describe('a failure of the database', () => {
  it('that is a broken connection takes the connection out of use and may pass', () => {
    const broken = [
      ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', '57P01', '57P02', '57P03', '53300', '08006', '08P01'].map((code) => failure(code)),
      ...['Connection terminated unexpectedly', 'timeout exceeded when trying to connect', 'Client has encountered a connection error and is not queryable'].map((words) => failure('', words)),
    ];
    for (const error of broken) {
      assert.equal(breaksConnection(error), true, error.message);
      assert.equal(faultOf(error), 'unavailable', String(error));
    }
  });

  it('that an administrator must mend says so', () => {
    for (const code of ['28P01', '28000', '3D000']) assert.equal(faultOf(failure(code)), 'denied', code);
  });

  it('of a statement that took too long leaves the effect unknown, and the connection in use', () => {
    assert.equal(faultOf(failure('57014')), 'no-answer');
    assert.equal(breaksConnection(failure('57014')), false);
  });

  it('of a connection that went dead leaves the effect unknown, and takes it out of use', () => {
    assert.equal(faultOf(failure('', 'Query read timeout')), 'no-answer');
    assert.equal(breaksConnection(failure('', 'Query read timeout')), true);
  });

  it('that is our own or tells of the data stays what it is', () => {
    for (const code of ['23505', '42601', '40P01']) assert.equal(faultOf(failure(code)), 'unchanged', code);
    assert.equal(breaksConnection(failure('23505')), false);
  });

  it('that was for the sake of another transaction may be run again, and no other', () => {
    assert.deepEqual(['40001', '40P01', '23505', '57P01'].map((code) => mayRunAgain(failure(code))), [true, true, false, false]);
  });
});
