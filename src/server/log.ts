import { pino, type Logger } from "pino";
import { redact } from "./redact.ts";
import type { Settings } from "./env.ts";

export type Log = Logger;
export interface LineSink {
  write(line: string): void;
}

/** `LEVEL message key=value …` for people; JSON lines are for machines. */
function toPretty(line: string): string {
  const { level, time, msg, pid: _pid, hostname: _hostname, ...rest } = JSON.parse(line) as Record<string, unknown>;
  const extra = Object.entries(rest).map(([key, value]) => `${key}=${typeof value === "string" ? value : JSON.stringify(value)}`);
  return `${[String(time), String(level).toUpperCase().padEnd(5), String(msg ?? ""), ...extra].join(" ")}\n`;
}

/** A pino log whose every line is cleaned of secrets on its way out. */
export function createLog(
  settings: Pick<Settings, "logLevel" | "logFormat" | "webhookSecret" | "databaseUrl" | "metricsToken">,
  sink: LineSink = process.stdout,
): Log {
  const password = settings.databaseUrl && URL.canParse(settings.databaseUrl) ? new URL(settings.databaseUrl).password : "";
  const secrets = [settings.webhookSecret, settings.metricsToken ?? "", password, decodeURIComponent(password)];
  const write = (line: string) => {
    const clean = redact(line, secrets);
    sink.write(settings.logFormat === "pretty" ? toPretty(clean) : clean);
  };
  return pino(
    {
      level: settings.logLevel,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    { write },
  );
}
