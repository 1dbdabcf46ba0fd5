import { where, type Rule } from '../finding.ts';
import { extensionPoints, resolve, type Manifest } from '../manifest.ts';
import { attribute, child, type Element } from '../xml.ts';

/** Where event handlers run: a page everywhere, a bare script in classic Outlook for Windows. */
export const runtimeRules: readonly Rule[] = [
  { name: 'runtime-one', from: '7', check: runtimeOne },
  { name: 'runtime-script', from: '7', check: runtimeScript },
  { name: 'runtime-source', from: '7', check: runtimeSource },
];

type Found = ReturnType<Rule['check']>;

function runtimes({ all }: Manifest): Element[] {
  return all.filter((each) => each.name === 'Runtime');
}

function launchPoints(manifest: Manifest): Element[] {
  return extensionPoints(manifest).filter((each) => each.type === 'LaunchEvent');
}

function runtimeOne(manifest: Manifest): Found {
  const [point] = launchPoints(manifest);
  const [runtime, ...more] = runtimes(manifest);
  if (!point) return [];
  if (!runtime || more.length > 0) {
    return [{ where: where(more[0] ?? point), problem: `events need one Runtime, and there are ${runtimes(manifest).length}`, remedy: 'Leave one <Runtime> in <Runtimes>.' }];
  }
  const scripts = runtime.children.filter((each) => each.name === 'Override');
  if (scripts.length === 1) return [];
  return [{ where: where(runtime), problem: `has ${scripts.length} Overrides, and needs one`, remedy: 'Name the script for classic Outlook: <Override type="javascript" resid="…"/>.' }];
}

function runtimeScript(manifest: Manifest): Found {
  const scripts = runtimes(manifest).flatMap((runtime) => runtime.children.filter((each) => each.name === 'Override'));
  return scripts.flatMap((element) => {
    const strange = resolve(manifest, element).filter((address) => !/^[^?#]*\.js(?:[?#]|$)/.test(address));
    if (attribute(element, 'type') === 'javascript' && strange.length === 0) return [];
    return [{ where: where(element), problem: 'the runtime of classic Outlook is no script', remedy: 'Write type="javascript" and name an address that ends in .js.' }];
  });
}

function runtimeSource(manifest: Manifest): Found {
  const [runtime] = runtimes(manifest);
  return launchPoints(manifest).flatMap((point) => {
    const source = child(point, 'SourceLocation');
    if (!runtime || !source || attribute(source, 'resid') === attribute(runtime, 'resid')) return [];
    return [{ where: where(source), problem: `names "${attribute(source, 'resid')}", and the Runtime "${attribute(runtime, 'resid')}"`, remedy: 'Name the same resource in both.' }];
  });
}
