import { type LookupAddress, type LookupOptions, lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/** A URL, or the name in it, leads to an address that is not public. */
export class PrivateAddressError extends Error {
  override readonly name = 'PrivateAddressError';
}

/** All that IANA has given out of IPv6: what holds an IPv4 address, as `::127.0.0.1`, counts as unicast beside it. */
const GIVEN_OUT = ipaddr.parseCIDR('2000::/3');
/** Azure's own services, in every virtual network, by an address that looks public. */
const AZURE = '168.63.129.16';

/** Whether an address is one of the internet: not private, local, multicast, reserved or translated. */
export function isPublic(text: string): boolean {
  const address = ipaddr.process(text);
  if (address.range() !== 'unicast' || address.toString() === AZURE) return false;
  return address.kind() === 'ipv4' || address.match(GIVEN_OUT);
}

/** Throws where a URL names a private address. A name is checked when it is looked up. */
export function refusePrivateHost({ hostname }: URL): void {
  const host = hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) && !isPublic(host)) throw new PrivateAddressError('The address is not public.');
}

/** Node's lookup, which fails for a name that leads to a private address: what is checked is what is connected to. */
export const lookupPublic: LookupFunction = (hostname, options: LookupOptions, callback) => {
  lookup(hostname, { ...options, all: true }, (error, found: LookupAddress[] = []) => {
    const [first] = found;
    if (error || !first) return callback(error ?? new PrivateAddressError('no address'), '', 0);
    if (!found.every(({ address }) => isPublic(address))) {
      return callback(new PrivateAddressError('The address is not public.'), '', 0);
    }
    if (options.all) callback(null, found);
    else callback(null, first.address, first.family);
  });
};
