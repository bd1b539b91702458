import type { IncomingMessage } from "node:http";
import type { Webhooks } from "../github/webhooks.ts";
import type { Log } from "./log.ts";
import type { Metrics } from "./metrics.ts";
import { readBody } from "./read-body.ts";

export interface Reply {
  status: number;
  text: string;
  /** The rest of the request is not read: the connection ends with the answer. */
  close?: boolean;
  headers?: Record<string, string>;
}

const signatureForm = /^sha256=[0-9a-f]{64}$/;
const eventForm = /^[a-z_]{1,64}$/;
const deliveryForm = /^[\w-]{1,64}$/;

const refuse = (status: number, text: string): Reply => ({ status, text, close: true });
const header = (request: IncomingMessage, name: string) => {
  const value = request.headers[name];
  return typeof value === "string" ? value : "";
};
const refusals = {
  400: "The body could not be read.",
  413: "The body is larger than 25 MB.",
  503: "Too much is being read at once; send it again.",
} as const;

/** One delivery: everything cheap is checked before the body is read, and nothing of the body is believed before its signature. */
export function createWebhookEndpoint(
  webhooks: Webhooks,
  { log, metrics }: { log: Log; metrics: Metrics },
): (request: IncomingMessage) => Promise<Reply> {
  async function take(request: IncomingMessage): Promise<Reply> {
    if (request.method !== "POST") return { ...refuse(405, "Send deliveries with POST."), headers: { allow: "POST" } };
    if (!/^application\/json\s*(;|$)/i.test(header(request, "content-type")))
      return refuse(415, "Set the webhook's content type to application/json.");
    const signature = header(request, "x-hub-signature-256");
    if (!signatureForm.test(signature)) return refuse(401, "The signature is missing.");
    const name = header(request, "x-github-event");
    const id = header(request, "x-github-delivery");
    if (!eventForm.test(name) || !deliveryForm.test(id)) return refuse(400, "The headers of a delivery are missing.");
    const body = await readBody(request);
    if (!body.ok) return refuse(body.status, refusals[body.status]);
    if (body.bytes.length === 0) return refuse(400, "The body is empty.");
    const outcome = await webhooks.receive({ id, name, body: body.bytes.toString("utf8"), signature });
    if (outcome === "wrong-signature") return refuse(401, "The signature does not fit.");
    if (outcome === "not-json") return { status: 400, text: "The body is not a JSON object." };
    metrics.count("pilotgate_deliveries_total", { event: name });
    return { status: 202, text: "Accepted." };
  }
  return async (request) => {
    try {
      const reply = await take(request);
      if (reply.status >= 400) {
        metrics.count("pilotgate_deliveries_refused_total", { status: String(reply.status) });
        log.warn({ status: reply.status }, "delivery refused");
      }
      return reply;
    } catch (error) {
      log.error(
        { error: error instanceof Error ? { message: error.message, stack: error.stack } : String(error) },
        "delivery could not be stored",
      );
      return { status: 500, text: "The delivery could not be stored; send it again." };
    }
  };
}
