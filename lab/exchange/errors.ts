/** A refusal by the mail system, with the code that Exchange would give. */
export class ExchangeError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = 'ExchangeError';
    this.code = code;
  }
}

export function notFound(): ExchangeError {
  return new ExchangeError('ErrorItemNotFound', 'The specified object was not found in the store.');
}
