import { rooms, type Room } from './import-table.ts';

/** The import table as CONTRIBUTING.md shows it, made from the one that the tests enforce. */
export function shownTable(): string {
  return ['| folder | may import |', '|---|---|', ...rooms.map((room) => `| \`${room.folder}\` | ${shownImports(room)} |`)].join('\n');
}

function shownImports({ folder, mayImport }: Room): string {
  if (mayImport === 'what it needs') return 'what it needs';
  const others = mayImport.map((name) => `\`${rooms.find((room) => room.name === name)?.folder ?? name}\``).join(', ');
  if (folder.endsWith('/*')) return `${others}; its own folder, never a neighbour's`;
  return others || 'nothing of ours';
}
