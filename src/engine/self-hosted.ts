/** Providers that are nobody else's: weights on our own machines. */
const names = new Set(["self-hosted", "selfhosted", "self hosted", "local", "localhost", "on-premises", "on-prem"]);

export function isSelfHosted(provider: string): boolean {
  return names.has(provider.trim().toLowerCase());
}
