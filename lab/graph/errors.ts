/** A refusal as Graph words it. */
export class GraphError extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Record<string, string>;
  /** Further members of the error object. */
  readonly extra: Record<string, unknown>;

  constructor(status: number, code: string, message: string, { headers = {}, extra = {} }: { headers?: Record<string, string>; extra?: Record<string, unknown> } = {}) {
    super(message);
    this.name = 'GraphError';
    this.status = status;
    this.code = code;
    this.headers = headers;
    this.extra = extra;
  }
}

export function badRequest(code: string, message: string): GraphError {
  return new GraphError(400, code, message);
}

export function denied(): GraphError {
  return new GraphError(403, 'ErrorAccessDenied', 'Access is denied. Check credentials and try again.');
}

/** HTTP status that Graph gives for a code of Exchange. */
const statuses: Record<string, number> = { ErrorItemNotFound: 404, ErrorInvalidUser: 404, ErrorFolderNotFound: 404, ErrorFolderExists: 409, ErrorIrresolvableConflict: 412, ErrorAccessDenied: 403, ErrorQuotaExceeded: 507 };

export function statusOf(exchangeCode: string): number {
  return statuses[exchangeCode] ?? 400;
}
