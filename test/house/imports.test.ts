import assert from 'node:assert/strict';
import { findCycles, findHeavyLaunchers, findTableCycles } from './rules/import-graph.ts';
import { findForbiddenImports, findForbiddenPackages, findHomeless, readEdges } from './rules/import-rules.ts';
import { rooms } from './rules/import-table.ts';
import { findOfficeOutside } from './rules/office-global.ts';
import { findFluentStyled } from './rules/pane-drawing.ts';
import { assertNone, isCode, readTree, type SourceFile } from './rules/source-tree.ts';

const manifest: { dependencies: object; devDependencies: object } = JSON.parse(readTree().find((file) => file.path === 'package.json')?.text ?? '');

function breaches(...files: [path: string, text: string][]): string[] {
  const tree: SourceFile[] = files.map(([path, text]) => ({ path, text }));
  const edges = readEdges(tree);
  const found = [...findHomeless(tree), ...findForbiddenImports(edges), ...findForbiddenPackages(edges, manifest), ...findCycles(edges)];
  return found.map((one) => one.message);
}

describe('house: imports follow the plan', () => {
  const tree = readTree().filter(isCode);
  const edges = readEdges(tree);

  it('knows every folder', () => assertNone(findHomeless(tree)));
  it('lets rooms import only what the table allows', () => assertNone(findForbiddenImports(edges)));
  it('keeps packages in the rooms that own them', () => assertNone(findForbiddenPackages(edges, manifest)));
  it('has no ring of files', () => assertNone(findCycles(edges)));
  it('has no ring of rooms', () => assertNone(findTableCycles(rooms)));
  it('names Office only in addin/office', () => assertNone(findOfficeOutside(tree)));
  it('draws the pane’s buttons and carries its theme itself', () => assertNone(findFluentStyled(tree)));
  it('keeps packages out of what Outlook starts by itself', () => {
    const launchers = tree.filter((file) => /^addin\/(?:commands|launchevent)\//.test(file.path)).map((file) => file.path);
    assertNone(findHeavyLaunchers(launchers, edges));
  });
});

describe('house: the import rules find what they should', () => {
  it('a folder without a room', () => {
    assert.match(breaches(['server/helpers/x.ts', '']).join(), /does not name/);
    assert.match(breaches(['server/other.ts', '']).join(), /does not name/);
  });

  it('a feature that imports another feature, or a connector', () => {
    assert.match(breaches(['server/features/people/a.ts', "import { b } from '../calls/b.ts';"]).join(), /feature people may not import feature calls/);
    assert.match(breaches(['server/features/people/a.ts', "import { b } from '../../connectors/graph/b.ts';"]).join(), /may not import connector graph/);
  });

  it('a connector that imports another connector or the store', () => {
    assert.match(breaches(['server/connectors/graph/a.ts', "export * from '../asterisk/b.ts';"]).join(), /connector graph may not import connector asterisk/);
    assert.match(breaches(['server/connectors/graph/a.ts', "import '../../store/index.ts';"]).join(), /may not import store/);
  });

  it('type imports, type queries and lazy imports as well', () => {
    for (const text of [
      "import type { B } from '../store/b.ts';",
      "import { type B, type C } from '../store/b.ts';",
      "export type { B } from '../store/b.ts';",
      "export type B = import('../store/b.ts').B;",
      "const b = () => import('../store/b.ts');",
      "const b = require('../store/b.ts');",
      "const b = import.meta.resolve('../store/b.ts');",
      'const b = import(`../store/b.ts`);',
      "const b = await import(new URL('../store/b.ts', import.meta.url).href);",
      "fork(new URL('../store/b.ts', import.meta.url));",
    ]) {
      assert.match(breaches(['server/domain/a.ts', text]).join(), /domain may not import store/, text);
    }
  });

  it('but nothing in comments, strings, templates and patterns', () => {
    const text = [
      "// import { b } from '../store/b.ts';",
      "/* import { b } from '../store/b.ts'; */",
      `const a = "import { b } from '../store/b.ts'";`,
      "const c = `import { b } from '../store/${1 + 1}.ts'`;",
      'const d = /import x from "y"/;',
      'const e = <p>Don\u0027t</p>;',
    ].join('\n');
    assert.deepEqual(breaches(['server/domain/a.tsx', text]), []);
  });

  it('an import behind a template literal with an expression in it', () => {
    const text = "const a = `x ${ { b: `}` }.b } y`;\nimport '../store/b.ts';";
    assert.match(breaches(['server/domain/a.ts', text]).join(), /domain may not import store/);
  });

  it('an import whose target is computed', () => {
    assert.match(breaches(['server/store/a.ts', 'await import(name);']).join(), /computed/);
    assert.match(breaches(['server/store/a.ts', 'await import(new URL(name, import.meta.url).href);']).join(), /computed/);
  });

  it('the server from the lab, and the lab from the server', () => {
    assert.match(breaches(['lab/a.ts', "import '../server/domain/errors.ts';"]).join(), /lab may not import domain/);
    assert.match(breaches(['server/web/a.ts', "import '../../lab/clock.ts';"]).join(), /web may not import lab/);
  });

  it('schemas, React and sign-in in what Outlook starts by itself', () => {
    assert.match(breaches(['addin/commands/a.ts', "import { conferenceApi } from '../../contract/conference/conference.ts';"]).join(), /may not import contract/);
    assert.deepEqual(breaches(['addin/commands/a.ts', "import type { InviteBlock } from '../../contract/conference/conference.ts';"]), []);
    assert.deepEqual(breaches(['addin/launchevent/a.ts', "import { conferenceRoutes } from '../../contract/conference/conference-routes.ts';"]), []);
    assert.match(breaches(['addin/commands/a.tsx', "import React from 'react';"]).join(), /only windows draw/);
    const edges = readEdges([
      { path: 'addin/launchevent/a.ts', text: "import '../talk/b.ts';" },
      { path: 'addin/talk/b.ts', text: "import { z } from 'zod';" },
    ]);
    assert.match(findHeavyLaunchers(['addin/launchevent/a.ts'], edges).map((one) => one.message).join(), /zod.*talk\/b\.ts/);
  });

  it('the host in the wrong room of the add-in', () => {
    const text = 'const item = globalThis.Office.context.mailbox.item;';
    assert.equal(findOfficeOutside([{ path: 'addin/taskpane/a.tsx', text }]).length, 1);
    assert.equal(findOfficeOutside([{ path: 'addin/office/a.ts', text }]).length, 0);
    assert.match(breaches(['addin/office/a.ts', "import '../taskpane/b.tsx';"]).join(), /may not import/);
  });

  it('Fluent’s own drawing in the pane', () => {
    const clause = "import {\n  FluentProvider,\n  Button as Other,\n  useButtonStyles_unstable,\n} from '@fluentui/react-components';";
    assert.deepEqual(findFluentStyled([{ path: 'addin/taskpane/a.tsx', text: clause }]).map(({ line }) => line), [2, 3, 4]);
    const fine = "import type { ButtonProps } from '@fluentui/react-components';\nimport { type FieldProps, useButton_unstable as useButton } from '@fluentui/react-components';\nimport { Button } from './parts/button.tsx';\nimport { AddRegular } from '@fluentui/react-icons/svg/add';";
    assert.deepEqual(findFluentStyled([{ path: 'addin/taskpane/a.tsx', text: fine }, { path: 'addin/admin/a.tsx', text: clause }]), []);
  });

  it('packages outside the rooms that own them', () => {
    assert.match(breaches(['server/features/conference/a.ts', "import express from 'express';"]).join(), /web\/ is the only room/);
    assert.deepEqual(breaches(['server/web/a.ts', "import express from 'express';"]), []);
    assert.match(breaches(['server/features/conference/a.ts', "import { sql } from 'kysely';"]).join(), /rows\.ts/);
    assert.deepEqual(breaches(['server/features/conference/rows.ts', "import { sql } from 'kysely';"]), []);
    assert.match(breaches(['server/domain/a.ts', "import { z } from 'zod';"]).join(), /domain is pure/);
    assert.deepEqual(breaches(['server/domain/a.ts', "import { IANAZone } from 'luxon';"]), []);
    assert.match(breaches(['invitation/a.ts', "import { parse } from 'node-ical';"]).join(), /invitation is pure/);
    assert.match(breaches(['addin/talk/a.ts', "import { readFileSync } from 'node:fs';"]).join(), /runs in a browser/);
    assert.match(breaches(['server/outbound/a.ts', "import got from 'got';"]).join(), /package\.json does not have it/);
    assert.match(breaches(['server/outbound/a.ts', "import x from 'css-loader';"]).join(), /devDependency/);
  });

  it('a ring of files', () => {
    assert.match(breaches(['words/a.ts', "import type { B } from './b.ts';"], ['words/b.ts', "import './a.ts';"]).join(), /ring: words\/a\.ts → words\/b\.ts → words\/a\.ts/);
  });

  it('a ring in the table', () => {
    const table = [
      { name: 'a', folder: 'a', mayImport: ['b'] },
      { name: 'b', folder: 'b', mayImport: ['a'] },
    ];
    assert.equal(findTableCycles(table).length, 1);
  });
});
