/** Addresses and networks whose word is taken for who asks. IPv4 addresses inside IPv6 (`::ffff:a.b.c.d`) count as IPv4. */
import { BlockList, isIP } from 'node:net';

export type IsTrusted = (address: string) => boolean;

/** From `10.0.0.5, 10.1.0.0/16, fd00::/8`; throws an Error with a sentence on anything else. */
export function trustedAddresses(text: string): IsTrusted {
  const list = new BlockList();
  for (const entry of text.split(/[\s,]+/).filter((part) => part !== '')) add(list, entry);
  return (address) => {
    const plain = withoutMapping(address);
    const version = isIP(plain);
    return version !== 0 && list.check(plain, version === 4 ? 'ipv4' : 'ipv6');
  };
}

function add(list: BlockList, entry: string): void {
  const [address = '', bits, ...rest] = entry.split('/');
  const version = isIP(address);
  const most = version === 4 ? 32 : 128;
  const length = bits === undefined ? most : Number(bits);
  const isLength = bits === undefined || (/^\d{1,3}$/.test(bits) && length <= most);
  if (version === 0 || !isLength || rest.length > 0) {
    throw new Error(`"${entry}" is neither an address nor a network such as 10.1.0.0/16.`);
  }
  list.addSubnet(address, length, version === 4 ? 'ipv4' : 'ipv6');
}

function withoutMapping(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '');
}
