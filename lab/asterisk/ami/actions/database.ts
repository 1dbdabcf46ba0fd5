import type { ActionFamily } from '../action.ts';
import type { Request } from '../request.ts';

/** What is missing, in the words of the action: some end with a full stop, some do not (tried). */
function missing(request: Request, stop: '.' | ''): string | null {
  if (request.header('Family') === '') return `No family specified${stop}`;
  return request.header('Key') === '' ? `No key specified${stop}` : null;
}

/** AstDB. Writing fires no event at all (tried). */
export const databaseActions: ActionFamily = [
  {
    name: 'DBDel', synopsis: 'Delete DB entry.', classes: ['system'], fromModule: false,
    run({ database }, request, reply) {
      const problem = missing(request, '.');
      if (problem) return reply.error(problem);
      if (database.delete(request.header('Family'), request.header('Key'))) reply.ack('Key deleted successfully');
      else reply.error('Database entry could not be deleted');
    },
  },
  {
    name: 'DBDelTree', synopsis: 'Delete DB Tree.', classes: ['system'], fromModule: false,
    run({ database }, request, reply) {
      if (request.header('Family') === '') return reply.error('No family specified.');
      if (database.deleteTree(request.header('Family'), request.header('Key')) > 0) reply.ack('Key tree deleted successfully');
      else reply.error('Database entry not found');
    },
  },
  {
    name: 'DBGet', synopsis: 'Get DB Entry.', classes: ['system', 'reporting'], fromModule: false,
    run({ database }, request, reply) {
      const problem = missing(request, '.');
      if (problem) return reply.error(problem);
      const family = request.header('Family');
      const key = request.header('Key');
      const value = database.get(family, key);
      if (value === undefined) return reply.error('Database entry not found');
      reply.list({ message: 'Result will follow', event: 'DBGetResponse', rows: [[['Family', family], ['Key', key], ['Val', value]]], complete: 'DBGetComplete', idAtEnd: true });
    },
  },
  {
    name: 'DBGetTree', synopsis: 'Get DB entries, optionally at a particular family/key', classes: ['system', 'reporting'], fromModule: false,
    run({ database }, request, reply) {
      const rows = database.tree(request.header('Family'), request.header('Key')).map(({ key, value }) => [['Key', key], ['Val', value]] as const);
      reply.list({ message: 'Result will follow', event: 'DBGetTreeResponse', rows, complete: 'DBGetTreeComplete', idAtEnd: true });
    },
  },
  {
    name: 'DBPut', synopsis: 'Put DB entry.', classes: ['system'], fromModule: false,
    run({ database }, request, reply) {
      const problem = missing(request, '');
      if (problem) return reply.error(problem);
      database.put(request.header('Family'), request.header('Key'), request.header('Val'));
      reply.ack('Updated database successfully');
    },
  },
];
