import { BlockList, isIP } from 'node:net';
import { OurError } from '../../../../domain/errors.ts';

/** Who may open our port. FastAGI knows no password, so the address is all there is. Throws OurError for an entry that is no address or network. */
export function allowList(entries: readonly string[]): (address: string | undefined) => boolean {
  const list = new BlockList();
  for (const entry of entries) {
    const [address = '', bits] = entry.split('/');
    const family = isIP(address);
    const longest = family === 4 ? 32 : 128;
    const prefix = bits === undefined ? longest : /^\d{1,3}$/.test(bits) ? Number(bits) : NaN;
    if (family === 0 || !(prefix <= longest)) throw new OurError(`agi.allow: "${entry}" is no address or network`);
    list.addSubnet(address, prefix, family === 4 ? 'ipv4' : 'ipv6');
  }
  return (address) => {
    // A listener on :: sees IPv4 callers as ::ffff:a.b.c.d.
    const plain = (address ?? '').replace(/^::ffff:(?=\d+\.)/i, '');
    const family = isIP(plain);
    return family !== 0 && list.check(plain, family === 4 ? 'ipv4' : 'ipv6');
  };
}
