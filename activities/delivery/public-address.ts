import { type LookupAddress, type LookupOptions, lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/** A URL, or the name in it, leads to an address that is not public. */
export class PrivateAddressError extends Error {
  override readonly name = 'PrivateAddressError';
}

/** Whether an address is one of the internet: not private, local, multicast, reserved or translated. */
export const isPublic = (address: string): boolean => ipaddr.process(address).range() === 'unicast';

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
