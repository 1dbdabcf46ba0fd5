/**
 * `npm run manifest -- …`: checks a manifest, fills one in for an installation, says what is in it. docs/deploy-add-in.md shows how it is used.
 * Leaves with 0 when all is well, 1 when something is wrong with the manifest, 2 when it was called wrongly.
 */
import { parseArgs } from 'node:util';
import { checkFile, fillFile, showInfo, type Terminal } from './commands.ts';
import { ownManifest } from './facts.ts';
import { Refusal } from './refusal.ts';

const usage = `npm run manifest -- --check [file] [--served]     every rule that Outlook holds manifests to, offline;
                                                  --served also asks the host that the manifest names
npm run manifest -- --info [file]                 what is in it, as Microsoft's own reader sees it
npm run manifest -- --host <https://…> --app <client id | none> [--out <file>] [file]
                                                  the manifest for an installation; without --out it is printed
    --id <GUID>          id of the add-in; two installations in one organisation need two
    --version <1.2.0.0>  must rise with each change
    --server <https://…> where the server is, if it is not the host of the files
    --files <folder>     also lays the built add-in there, for another host: with the server's address in it
    --name <text>        what people see instead of "Tieline"
    --provider <text>    who provides it
Without [file] it is manifest.xml of this project.`;

const terminal: Terminal = { print: (text) => console.log(text), tell: (text) => console.error(text) };

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      check: { type: 'boolean' }, info: { type: 'boolean' }, served: { type: 'boolean' }, help: { type: 'boolean' },
      host: { type: 'string' }, server: { type: 'string' }, id: { type: 'string' }, app: { type: 'string' }, version: { type: 'string' },
      name: { type: 'string' }, provider: { type: 'string' }, out: { type: 'string' }, files: { type: 'string' },
    },
  });
  const { check, info, served, help, host, ...rest } = values;
  const file = positionals[0] ?? ownManifest;
  const asked = [check, info, host !== undefined].filter(Boolean).length;
  if (help === true || asked !== 1 || positionals.length > 1) {
    console.log(usage);
    return help === true ? 0 : 2;
  }
  if (check === true) return checkFile(file, { served: served ?? false }, terminal);
  if (info === true) return showInfo(file, terminal);
  return fillFile(file, { ...rest, host: host ?? '' }, terminal);
}

try {
  process.exitCode = await main();
} catch (error) {
  const isTheirs = error instanceof Refusal || (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'));
  if (!isTheirs) throw error;
  console.error(error instanceof Refusal ? `--${error.option}: ${error.message}\n${error.remedy}` : `${error.message}\n\n${usage}`);
  process.exitCode = 2;
}
