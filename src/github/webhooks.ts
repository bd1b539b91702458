import { Probot, type ProbotOctokit } from "probot";
import { registerHandlers } from "./handlers/index.ts";
import type { Intake } from "./handlers/intake.ts";

export interface Delivery {
  /** GUID of the delivery. */
  id: string;
  /** Name of the event. */
  name: string;
  /** The body as it came. */
  body: string;
  /** `sha256=…` over the body. */
  signature: string;
}

export type DeliveryOutcome = "accepted" | "wrong-signature" | "not-json";

export interface Webhooks {
  /** Verifies, then hands to the handler of the event, if there is one. Throws when a job could not be made durable. */
  receive(delivery: Delivery): Promise<DeliveryOutcome>;
}

/**
 * Handlers get no client: Probot would build one for every event, whose throttling lets one write a second through for all installations.
 * This stands in its place and can ask nothing.
 */
const noClient = { hook: { before() {} }, auth: async () => noClient };
class NoOctokit {
  static defaults = () => NoOctokit;
  hook = noClient.hook;
  auth = async () => noClient;
}

/** Errors are told by the one who called; what Probot would write holds whole payloads. */
const quiet = { level: "silent", trace() {}, debug() {}, info() {}, warn() {}, error() {}, fatal() {}, child: () => quiet };

export async function createWebhooks(
  options: { appId: number; privateKey: string; webhookSecret: string },
  intake: Intake,
): Promise<Webhooks> {
  const probot = new Probot({
    appId: options.appId,
    privateKey: options.privateKey,
    secret: options.webhookSecret,
    Octokit: NoOctokit as unknown as typeof ProbotOctokit, // only what Probot itself touches while it delivers
    log: quiet as never, // the same
  });
  await probot.ready();
  registerHandlers(probot, intake);

  return {
    async receive({ id, name, body, signature }) {
      if (!(await probot.webhooks.verify(body, signature))) return "wrong-signature";
      let payload: unknown;
      try {
        payload = JSON.parse(body);
      } catch {
        return "not-json";
      }
      if (typeof payload !== "object" || payload === null || Array.isArray(payload)) return "not-json";
      // Events that nobody listens to pass through without effect.
      await probot.webhooks.receive({ id, name, payload } as Parameters<typeof probot.webhooks.receive>[0]);
      return "accepted";
    },
  };
}
