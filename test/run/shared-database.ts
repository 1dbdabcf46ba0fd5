/** A part in the PostgreSQL that the suites share: as long as we hold it, it stays up between phases, and the last one out ends it. */
export interface SharedDatabase {
  leave(): Promise<void>;
}

/**
 * Starts the suites' PostgreSQL and its template once for the whole run; null when that is not possible, which the suites that need it will tell in
 * their own words. Should a phase have to be ended by force, the server that it leaves behind ends with us.
 */
export async function holdSharedDatabase(): Promise<SharedDatabase | null> {
  try {
    // Not before it is needed: a run of `check` must not fail because the store does not load.
    const { leaveTestDatabase, testDatabase } = await import('../support/database.ts');
    const database = await testDatabase();
    await database.drop();
    return { leave: leaveTestDatabase };
  } catch {
    return null;
  }
}
