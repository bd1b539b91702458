/** Host of the pages that belong to a REST root. */
export function webHost(apiUrl: string): string {
  const { hostname } = new URL(apiUrl);
  return hostname === "api.github.com" || /^api\.[^.]+\.ghe\.com$/.test(hostname) ? hostname.slice("api.".length) : hostname;
}
