/**
 * What an outside system sends to us over HTTP: a webhook, a reservation question. The connector knows the protocol, web/ mounts it at
 * `/hooks/<instance>/<path>` before sign-in. Knows neither Express nor SQL.
 */
export interface DoorRequest {
  method: string;
  query: URLSearchParams;
  /** What stands in the path where the door's has `:name`. */
  params: Readonly<Record<string, string>>;
  headers: Record<string, string | undefined>;
  /** Raw bytes, at most 1 MiB: signatures are made over these. */
  body: Buffer;
}

export interface DoorResponse {
  status: number;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
}

export interface Door {
  /** Path below `/hooks/<instance>/`, without slashes around it; `:name` stands for one part of it. */
  path: string;
  methods: readonly string[];
  /** Authenticity first: false answers 401 and nothing else happens. */
  verify(request: DoorRequest): boolean;
  /** Must answer fast: persist, then say 202. */
  handle(request: DoorRequest): Promise<DoorResponse>;
}
