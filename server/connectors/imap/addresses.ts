import type { ImapConfig } from './config.ts';

/** What may be an address whose mailbox is here, in lower case; null otherwise. Also what a login may hold: SASL ends fields at commas and control characters. */
export function ownAddress({ domains }: ImapConfig, text: string): string | null {
  const address = text.trim().toLowerCase();
  const [, local, domain] = /^([^\s@<>",=\p{Cc}]{1,64})@([a-z0-9.-]{1,255})$/u.exec(address) ?? [];
  return local !== undefined && domain !== undefined && domains.includes(domain) ? address : null;
}

export function loginOf({ login }: ImapConfig, address: string): string {
  return login === 'address' ? address : (address.split('@')[0] ?? address);
}
