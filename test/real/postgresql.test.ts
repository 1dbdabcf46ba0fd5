import assert from 'node:assert/strict';
import { Client } from 'pg';

describe('test:real: the database', () => {
  it('is PostgreSQL 15, the oldest that we promise, so that every suite of this run was on it', async () => {
    const client = new Client({ connectionString: process.env['DATABASE_URL'] });
    await client.connect();
    try {
      const { rows } = await client.query<{ server_version_num: string }>('show server_version_num');
      assert.match(rows[0]?.server_version_num ?? '', /^15\d{4}$/);
    } finally {
      await client.end();
    }
  });
});
