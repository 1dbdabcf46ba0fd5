/** What every runtime of launch events offers, the bare engine of classic Outlook included; nothing else may be used here. */

declare function setTimeout(handler: () => void, ms: number): number;
declare function clearTimeout(timer: number): void;

interface RequestInit {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}

interface RuntimeResponse {
  readonly ok: boolean;
  readonly status: number;
  json: () => Promise<unknown>;
}

declare function fetch(address: string, init: RequestInit): Promise<RuntimeResponse>;
