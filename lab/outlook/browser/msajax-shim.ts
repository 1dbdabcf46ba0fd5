/**
 * What outlook-web-16.01.js needs of Microsoft's Ajax library 3.5, which is not in the npm package. The original replaces `String.prototype.startsWith` and
 * `endsWith` by versions without the position argument (microsoft/referencesource#190). So does this, because add-ins meet that in production.
 */
class StringBuilder {
  private text: string;

  constructor(text = '') {
    this.text = text;
  }

  append(text: unknown): this {
    this.text += String(text);
    return this;
  }

  toString(): string {
    return this.text;
  }
}

function ajaxError(name: string): (message?: string) => Error {
  return (message) => Object.assign(new Error(message ? `${name}: ${message}` : name), { name });
}

function registerNamespace(name: string): void {
  let parent: object = globalThis;
  for (const part of name.split('.')) {
    const known: unknown = Reflect.get(parent, part);
    const next: object = typeof known === 'object' && known !== null ? known : {};
    Reflect.set(parent, part, next);
    parent = next;
  }
}

const Sys = {
  StringBuilder,
  Serialization: { JavaScriptSerializer: { serialize: JSON.stringify, deserialize: (text: string) => JSON.parse(text) as unknown } },
  Debug: { trace: () => undefined },
  Browser: { agent: null, InternetExplorer: {} },
};
Object.assign(globalThis, { Type: Function, Sys });
Object.assign(Function, { registerNamespace, _validateParams: () => null, _validateParameter: () => null });
Object.assign(Function.prototype, { registerClass: function registerClass(this: unknown): unknown { return this; } });
Object.assign(Error, {
  argument: ajaxError('Sys.ArgumentException'),
  argumentNull: ajaxError('Sys.ArgumentNullException'),
  argumentType: ajaxError('Sys.ArgumentTypeException'),
  argumentOutOfRange: ajaxError('Sys.ArgumentOutOfRangeException'),
  argumentUndefined: ajaxError('Sys.ArgumentUndefinedException'),
  invalidOperation: ajaxError('Sys.InvalidOperationException'),
  parameterCount: ajaxError('Sys.ParameterCountException'),
});
Object.assign(String, {
  format: (text: string, ...values: (string | number)[]) => text.replace(/\{(\d+)\}/g, (_, index: string) => String(values[Number(index)] ?? '')),
});
Object.assign(String.prototype, {
  startsWith: function startsWith(this: string, start: string): boolean { return this.slice(0, start.length) === start; },
  endsWith: function endsWith(this: string, end: string): boolean { return end === '' || this.slice(-end.length) === end; },
});
