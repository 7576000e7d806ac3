import ipaddr from "ipaddr.js";

/**
 * Where a request comes from, coarsely: the first three bytes of an IPv4 address or the first six of an IPv6 address, which
 * one subscriber or one small provider has. It is personal data all the same: it is kept nowhere but as a keyed hash.
 */
export function networkOf(address: string): string {
  // Shorter and octal forms of IPv4 are no addresses that a connection comes from.
  if (ipaddr.IPv4.isValidFourPartDecimal(address)) return networkOfV4(ipaddr.IPv4.parse(address));
  if (!ipaddr.IPv6.isValid(address)) return "unknown";
  const parsed = ipaddr.IPv6.parse(address);
  if (parsed.isIPv4MappedAddress()) return networkOfV4(parsed.toIPv4Address());
  const front = parsed.parts.slice(0, 3).map((part) => part.toString(16));
  return `${front.join(":")}::/48`;
}

const networkOfV4 = ({ octets }: ipaddr.IPv4): string => `${octets.slice(0, 3).join(".")}.0/24`;
