import { PortError, type PortErrorCode } from "../app/ports.ts";

const codes: Readonly<Record<number, PortErrorCode>> = {
  401: "unauthorized",
  403: "forbidden",
  404: "not-found",
  409: "conflict",
  410: "not-found",
  422: "invalid",
  429: "rate-limited",
  451: "forbidden",
};

/** `route` is a template such as `GET /repos/{owner}/{repo}`: no foreign text reaches the message. */
export function toPortError(status: number, route: string): PortError {
  const code = codes[status] ?? (status >= 500 ? "unavailable" : "invalid");
  const retryable = code === "unavailable" || code === "conflict" || code === "unauthorized";
  return new PortError(code, `GitHub answered ${status} to ${route}.`, { retryable });
}
