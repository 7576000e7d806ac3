/** The domain of an address as mail servers read it: in lower case, without a dot at its end, in ASCII. */
function domainOf(address: string): string {
  const domain = address.slice(address.lastIndexOf("@") + 1);
  const url = `http://${domain}`;
  // The parser of URLs writes a domain in other letters as mail servers do: xn--...
  const ascii = URL.canParse(url) ? new URL(url).hostname : domain.toLowerCase();
  return ascii.replace(/\.$/, "");
}

/**
 * Tells whether an address is at one of these domains or at one below it. "dinas.balikpapan.go.id" is below "go.id".
 * "evilgo.id" and "go.id.elsewhere.example" are not.
 */
export function isAtDomain(domains: readonly string[], address: string): boolean {
  const domain = domainOf(address);
  return domains
    .map((one) => domainOf(one))
    .some((known) => known !== "" && (domain === known || domain.endsWith(`.${known}`)));
}
