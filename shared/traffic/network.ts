/**
 * Where a request comes from, coarsely: the first three bytes of an IPv4 address, the first six of an IPv6 one, which is
 * what one subscriber or one small provider has. Personal data all the same: it is kept nowhere but as a keyed hash.
 */
export function networkOf(address: string): string {
  const v4 = /^(?:::ffff:)?(\d{1,3}\.\d{1,3}\.\d{1,3})\.\d{1,3}$/i.exec(address)?.[1];
  if (v4) return `${v4}.0/24`;
  const [front = [], back, ...more] = address.split("::").map((half) => half.split(":").filter(Boolean));
  const zeros = back ? Math.max(0, 8 - front.length - back.length) : 0;
  const groups = [...front, ...Array<string>(zeros).fill("0"), ...(back ?? [])];
  return more.length === 0 && groups.length === 8 && groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))
    ? `${groups
        .slice(0, 3)
        .map((group) => parseInt(group, 16).toString(16))
        .join(":")}::/48`
    : "unknown";
}
