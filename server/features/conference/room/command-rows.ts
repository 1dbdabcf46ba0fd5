import type { Selectable } from 'kysely';
import { z } from 'zod';
import type { RoomDeed, RoomView } from '../../../../contract/conference/room.ts';
import type { Queries } from '../../../store/schema.ts';
import type { ConferenceCommandTable } from '../../../store/tables/conference.ts';

/** Queries on what was asked of a bridge. Instants epoch ms. */

export type CommandState = RoomView['commands'][number]['state'];
export type CommandProblem = NonNullable<RoomView['commands'][number]['problem']>;

/** Somebody to call, as the asker was allowed to bring them in. */
const callFacts = z.object({ number: z.string(), name: z.string(), role: z.enum(['host', 'presenter', 'guest']), language: z.string(), waitsForHost: z.boolean(), asksToBeLetIn: z.boolean().default(false) });
export type CallFacts = z.output<typeof callFacts>;

export interface Command {
  id: string;
  instance: string;
  what: RoomDeed;
  leg: string | null;
  call: CallFacts | null;
  state: CommandState;
  problem: CommandProblem | null;
  /** Our id of the person; null for a visitor of the join page. */
  askedBy: string | null;
  askedAt: number;
}

function fromRow(row: Selectable<ConferenceCommandTable>): Command {
  return {
    id: row.id, instance: row.instance, what: row.what as RoomDeed, leg: row.leg, call: row.call === null ? null : callFacts.parse(row.call),
    state: row.state as CommandState, problem: row.problem as CommandProblem | null, askedBy: row.asked_by, askedAt: row.asked_at.getTime(),
  };
}

/** Commands are forgotten after a day: they tell who was sent away by whom, which is nobody's business for longer. */
const keptMs = 24 * 60 * 60_000;

/** Writes it; false when the id was used before. Forgets what is old. */
export async function insertCommand(tx: Queries, tenantId: string, conferenceId: string, command: Command): Promise<boolean> {
  await tx.deleteFrom('conference_command').where('tenant_id', '=', tenantId).where('asked_at', '<', new Date(command.askedAt - keptMs)).execute();
  const inserted = await tx
    .insertInto('conference_command')
    .values({
      tenant_id: tenantId, conference_id: conferenceId, id: command.id, instance: command.instance, what: command.what, leg: command.leg,
      call: command.call && JSON.stringify(command.call), state: command.state, problem: command.problem, asked_by: command.askedBy, asked_at: new Date(command.askedAt),
    })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'conference_id', 'id']).doNothing())
    .executeTakeFirst();
  return (inserted.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

export async function findCommand(db: Queries, tenantId: string, conferenceId: string, id: string): Promise<Command | null> {
  const row = await db
    .selectFrom('conference_command').selectAll()
    .where('tenant_id', '=', tenantId).where('conference_id', '=', conferenceId).where('id', '=', id).executeTakeFirst();
  return row ? fromRow(row) : null;
}

/** The newest first. */
export async function lastCommands(db: Queries, tenantId: string, conferenceId: string, limit: number): Promise<Command[]> {
  const rows = await db
    .selectFrom('conference_command').selectAll()
    .where('tenant_id', '=', tenantId).where('conference_id', '=', conferenceId).orderBy('asked_at', 'desc').orderBy('id').limit(limit).execute();
  return rows.map(fromRow);
}

/** How many calls were begun since `since`: from this conference, and by everybody. */
export async function countCalls(db: Queries, tenantId: string, conferenceId: string, since: number): Promise<{ conference: number; overall: number }> {
  const rows = await db
    .selectFrom('conference_command').select((each) => ['conference_id', each.fn.countAll<string>().as('count')])
    .where('tenant_id', '=', tenantId).where('what', '=', 'call').where('asked_at', '>', new Date(since)).groupBy('conference_id').execute();
  const count = (of: typeof rows): number => of.reduce((sum, row) => sum + Number(row.count), 0);
  return { conference: count(rows.filter((row) => row.conference_id === conferenceId)), overall: count(rows) };
}

/** Moves it on, only from a state that is expected: false when it stands elsewhere by now. The number called is forgotten when nothing more will happen. */
export async function moveCommand(
  tx: Queries, tenantId: string, conferenceId: string, id: string, from: readonly CommandState[], to: CommandState, problem: CommandProblem | null = null,
): Promise<boolean> {
  const isOver = to === 'done' || to === 'failed' || to === 'doubt';
  const moved = await tx
    .updateTable('conference_command').set({ state: to, problem, ...(isOver ? { call: null } : {}) })
    .where('tenant_id', '=', tenantId).where('conference_id', '=', conferenceId).where('id', '=', id).where('state', 'in', from)
    .executeTakeFirst();
  return moved.numUpdatedRows > 0n;
}
