import { officeCall } from './call.ts';
import { needItem } from './item.ts';

/** A body with its format, as `invitation/` takes it. */
export interface Body {
  format: 'html' | 'text';
  content: string;
}

/** The format of an item that is being written. What is not "html" is text: `setAsync` with the wrong one loses formatting or shows tags. */
export function bodyFormat(): Promise<'html' | 'text'> {
  const body = needItem().body;
  return officeCall<Office.CoercionType>('body.getTypeAsync', function start(done) {
    body.getTypeAsync(done);
  }).then(function name(type) {
    if (type === Office.CoercionType.Html) return 'html';
    return 'text';
  });
}

/** The body in a format of choice; read mode knows both. */
export function readBody(format: 'html' | 'text'): Promise<string> {
  const body = needItem().body;
  return officeCall<string>('body.getAsync', function start(done) {
    body.getAsync(format, done);
  });
}

/** The body of an item that is being written, in its own format. */
export function composeBody(): Promise<Body> {
  return bodyFormat().then(function read(format) {
    return readBody(format).then(function both(content) {
      return { format, content };
    });
  });
}

/** Replaces the whole body. Outlook refuses more than 1,000,000 characters. */
export function writeBody(body: Body): Promise<void> {
  const target = needItem().body;
  return officeCall<void>('body.setAsync', function start(done) {
    target.setAsync(body.content, { coercionType: body.format }, done);
  });
}
