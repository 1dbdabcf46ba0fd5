/** One priority of an extension. */
export interface Step {
  /** Name of the priority, '' without one. */
  label: string;
  application: string;
  /** As it stands there, nothing filled in. */
  data: string;
}

/** Steps by extension or pattern, in the order of the file. */
export type Context = Map<string, Step[]>;

/**
 * Reads contexts as in extensions.conf: `[context]`, `exten => extension,priority,Application(data)`, `same =>` for the next one, priorities 1 and n, labels in brackets. Hints and
 * includes of other files are left out. A section that stands there twice is one, as in Asterisk. Throws an Error that names a line that is none of these.
 */
export function readScript(text: string): Map<string, Context> {
  const contexts = new Map<string, Context>();
  let context: Context | undefined;
  let extension = '';
  text.split('\n').forEach((raw, index) => {
    const line = raw.replace(/(^|\s);.*$/, '').trim();
    if (line === '' || line.startsWith('#include')) return;
    const name = /^\[([\w-]+)\]$/.exec(line)?.[1];
    if (name !== undefined) return void contexts.set(name, (context = contexts.get(name) ?? new Map<string, Step[]>()));
    const [, kind = '', more = ''] = /^(exten|same)\s*=>\s*(.*)$/.exec(line) ?? [];
    const [, dialled = extension, priority = '', label = '', application = '', data = ''] = (kind === 'exten' ? /^([^,]+),(hint|1|n)(?:\((\w+)\))?,(\w+)(?:\((.*)\)|.*)$/ : /^()(n)(?:\((\w+)\))?,(\w+)(?:\((.*)\))?$/).exec(more) ?? [];
    if (!context || priority === '') throw new Error(`line ${index + 1} is no step of a dialplan: ${line}`);
    if (kind === 'exten') extension = dialled;
    if (priority !== 'hint') context.set(extension, [...(context.get(extension) ?? []), { label, application, data }]);
  });
  return contexts;
}

/** The steps for what was dialled: the extension itself before patterns (`_2XX`, `_9.`). */
export function stepsFor(context: Context | undefined, dialled: string): Step[] | undefined {
  const pattern = [...(context?.keys() ?? [])].find((each) => each.startsWith('_') && patternOf(each).test(dialled));
  return context?.get(dialled) ?? (pattern === undefined ? undefined : context?.get(pattern));
}

function patternOf(pattern: string): RegExp {
  const signs: Readonly<Record<string, string>> = { X: '[0-9]', Z: '[1-9]', N: '[2-9]', '.': '.+', '!': '.*' };
  return new RegExp(`^${pattern.slice(1).replace(/\W|[XZN]/g, (sign) => signs[sign] ?? `\\${sign}`)}$`);
}
