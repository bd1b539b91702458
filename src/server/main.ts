import { setTimeout as pause } from "node:timers/promises";
import { handleJob, isHopeless } from "../app/handle-job.ts";
import { toJob } from "../app/jobs.ts";
import { createNews, type News } from "../app/news.ts";
import { createPolicyReader } from "../app/policy-in-force.ts";
import { PortError, type Job } from "../app/ports.ts";
import { publishFault } from "../app/publish-fault.ts";
import type { AppDeps } from "../app/pull-deps.ts";
import { createAuth, type AppAuth, type AppIdentity } from "../github/app-auth.ts";
import { toWebUrl } from "../github/file-pages.ts";
import { createForge } from "../github/forge.ts";
import { createInstallations } from "../github/installation.ts";
import { createSettingsReader } from "../github/settings.ts";
import { createTransport } from "../github/transport.ts";
import { createWebhooks } from "../github/webhooks.ts";
import { openStore, type Store } from "../store/open-store.ts";
import { startDoctorSchedule } from "./doctor-schedule.ts";
import { parseEnvironment, type Environment, type Settings } from "./env.ts";
import { closeServer, createHttpServer, listen, withToken, type Endpoint } from "./http-server.ts";
import { createLog, type LineSink, type Log } from "./log.ts";
import { createMetrics, type Metrics } from "./metrics.ts";
import { createWebhookEndpoint } from "./webhook-endpoint.ts";

/** Jobs at once. What they ask of GitHub at once is bounded for each installation. */
const CONCURRENCY = 256;
const ATTEMPTS = 8;
const IDENTITY_AGAIN_MS = 5000;
const WEBHOOK_PATH = "/api/github/webhooks";

export interface ServeOptions {
  toolVersion: string;
  /** Where log lines go; standard output by default. */
  logSink?: LineSink;
  /** ISO 8601 instant, UTC: the clock of every judgement. */
  now?: () => string;
}

export interface RunningApp {
  url: string;
  metricsUrl: string | undefined;
  log: Log;
  close(): Promise<void>;
}

/** Who we are, asked again until GitHub answers. */
function keepIdentity(auth: AppAuth, log: Log): { get(): Promise<AppIdentity>; known(): boolean; stop(): void } {
  let identity: AppIdentity | undefined;
  let asking: Promise<AppIdentity> | undefined;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  const get = async () =>
    identity ??
    (asking ??= auth
      .identity()
      .then((found) => (identity = found))
      .finally(() => (asking = undefined)));
  async function askOnce(): Promise<void> {
    try {
      log.info({ slug: (await get()).slug }, "GitHub knows this App");
    } catch (error) {
      log.warn({ error: toLogged(error) }, "GitHub does not answer for this App; trying again");
      if (!stopped) timer = setTimeout(() => void askOnce(), IDENTITY_AGAIN_MS).unref();
    }
  }
  void askOnce();
  return {
    get,
    known: () => identity !== undefined,
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

/** Message and cause only: errors of clients carry whole requests. */
function toLogged(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) };
  const code = error instanceof PortError ? { code: error.code } : {};
  return {
    name: error.name,
    ...code,
    message: error.message,
    stack: error.stack,
    ...(error.cause instanceof Error ? { cause: error.cause.message } : {}),
  };
}

function startRunner(store: Store, deps: AppDeps, news: News | null, { log, metrics }: { log: Log; metrics: Metrics }) {
  async function giveUp(job: Job, error: unknown): Promise<void> {
    metrics.count("pilotgate_jobs_total", { outcome: "given-up" });
    log.error({ key: job.key, delivery: job.reason.deliveryId, error: toLogged(error) }, "could not judge");
    await publishFault(deps, job, error);
  }
  async function handle(job: Job): Promise<void> {
    const start = performance.now();
    try {
      const outcome = await handleJob(deps, news, job);
      const ms = performance.now() - start;
      metrics.count("pilotgate_jobs_total", { outcome });
      metrics.observe("pilotgate_job_seconds", ms / 1000);
      log.debug({ key: job.key, event: job.reason.event, delivery: job.reason.deliveryId, outcome, ms: Math.round(ms) }, "job done");
    } catch (error) {
      if (!isHopeless(error)) throw error;
      await giveUp(job, error);
    }
  }
  return store.runner.run(handle, { concurrency: CONCURRENCY, attempts: ATTEMPTS, onGivenUp: giveUp });
}

function createEndpoints(
  settings: Settings,
  parts: { store: Store; identity: { known(): boolean }; metrics: Metrics; webhook: Endpoint },
): { main: Map<string, Endpoint>; metrics: Endpoint } {
  const { store, identity, metrics, webhook } = parts;
  const metricsEndpoint: Endpoint = async () => ({
    status: 200,
    text: await metrics.render(),
    headers: { "content-type": "text/plain; version=0.0.4; charset=utf-8" },
  });
  const ready: Endpoint = async () => {
    if (!(await store.healthy())) return { status: 503, text: "The store does not answer." };
    if (!identity.known())
      return { status: 503, text: "GitHub does not answer for this App yet: check APP_ID, the private key and GITHUB_API_URL." };
    return { status: 200, text: "Ready." };
  };
  const main = new Map<string, Endpoint>([
    [WEBHOOK_PATH, webhook],
    ["/healthz", () => ({ status: 200, text: "Alive." })],
    ["/readyz", ready],
  ]);
  if (settings.metricsToken !== undefined) main.set("/metrics", withToken(metricsEndpoint, settings.metricsToken));
  return { main, metrics: metricsEndpoint };
}

function addGauges(metrics: Metrics, store: Store): void {
  metrics.gauge("pilotgate_jobs_waiting", "Jobs that wait.", async () => (await store.stats()).queued);
  metrics.gauge("pilotgate_jobs_running", "Jobs that run.", async () => (await store.stats()).running);
  metrics.gauge("process_resident_memory_bytes", "Resident memory.", () => process.memoryUsage.rss());
}

/** Starts the App. Throws EnvironmentError or PortError with a message for the operator. */
export async function serve(env: Environment, options: ServeOptions): Promise<RunningApp> {
  const settings = parseEnvironment(env);
  const log = createLog(settings, options.logSink);
  const userAgent = `pilotgate/${options.toolVersion}`;
  const transport = createTransport(settings.apiUrl);
  const auth = createAuth({ ...settings, userAgent, send: transport.send });
  const store = await openStore({ databaseUrl: settings.databaseUrl, dataDir: settings.dataDir, log });
  const metrics = createMetrics();
  addGauges(metrics, store);
  const identity = keepIdentity(auth, log);
  // Only the embedded store is this process's alone: elsewhere others may take in events that this process does not know of.
  const news = settings.databaseUrl === undefined ? createNews() : null;
  const now = options.now ?? (() => new Date().toISOString());
  const installations = createInstallations({ apiUrl: settings.apiUrl, userAgent, send: transport.send, auth });
  const deps: AppDeps = {
    forge: createForge(installations, identity.get),
    records: store.pulls,
    queue: store.queue,
    readPolicy: createPolicyReader(),
    now,
    startedAt: now(),
    pause,
    toolVersion: options.toolVersion,
    docsUrl: settings.docsUrl,
    log,
    doctor: {
      settings: createSettingsReader(installations),
      rounds: store.doctorRounds,
      appId: settings.appId,
      host: new URL(toWebUrl(settings.apiUrl)).hostname,
    },
    wouldHaveHeld: (gate) => metrics.count("pilotgate_would_have_held_total", { gate }),
  };
  const webhooks = await createWebhooks(settings, {
    appId: settings.appId,
    async accept(repository, subject, reason) {
      const job = toJob(repository, subject, reason);
      news?.arrived(job.key, subject.kind === "pull" && reason.asked !== true ? (subject.hint ?? null) : null);
      await store.queue.enqueue(job);
    },
  });
  const endpoints = createEndpoints(settings, { store, identity, metrics, webhook: createWebhookEndpoint(webhooks, { log, metrics }) });
  const server = createHttpServer(endpoints.main);
  const metricsServer = settings.metricsPort === undefined ? undefined : createHttpServer(new Map([["/metrics", endpoints.metrics]]));
  const stopRunner = await startRunner(store, deps, news, { log, metrics });
  const stopSchedule = startDoctorSchedule({ rounds: store.doctorRounds, queue: store.queue, log });
  const url = await listen(server, settings.port, settings.host);
  const metricsUrl = metricsServer && (await listen(metricsServer, settings.metricsPort ?? 0, settings.host));
  log.info(
    { url: `${url}${WEBHOOK_PATH}`, version: options.toolVersion, store: settings.databaseUrl ? "postgres" : "embedded" },
    "listening",
  );

  let closing: Promise<void> | undefined;
  async function close(): Promise<void> {
    identity.stop();
    await Promise.all([closeServer(server), metricsServer ? closeServer(metricsServer) : undefined]);
    await stopSchedule();
    await stopRunner();
    await store.close();
    transport.close();
    log.info({}, "closed");
  }
  return { url, metricsUrl, log, close: () => (closing ??= close()) };
}
