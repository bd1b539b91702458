/* Counters and a few gauges in Prometheus' text format. Labels are closed sets of our own words. */

type Labels = Readonly<Record<string, string>>;

export interface Metrics {
  count(name: string, labels?: Labels): void;
  /** Adds seconds to a sum with its count. */
  observe(name: string, seconds: number): void;
  /** Asked at every scrape. */
  gauge(name: string, help: string, read: () => number | Promise<number>): void;
  render(): Promise<string>;
}

const help: Readonly<Record<string, string>> = {
  pilotgate_deliveries_total: "Webhook deliveries by event and outcome.",
  pilotgate_jobs_total: "Jobs by outcome.",
  pilotgate_would_have_held_total: "Commits that a gate which only warns would have held.",
  pilotgate_job_seconds: "Time from the start of a job to its end.",
};

const toKey = (name: string, labels: Labels) => {
  const pairs = Object.entries(labels).map(([key, value]) => `${key}="${value.replace(/[^\w.:-]/g, "_")}"`);
  return pairs.length === 0 ? name : `${name}{${pairs.join(",")}}`;
};

export function createMetrics(): Metrics {
  const counters = new Map<string, Map<string, number>>();
  const sums = new Map<string, { sum: number; count: number }>();
  const gauges = new Map<string, { help: string; read: () => number | Promise<number> }>();
  return {
    count(name, labels = {}) {
      const series = counters.get(name) ?? new Map<string, number>();
      counters.set(name, series);
      const key = toKey(name, labels);
      series.set(key, (series.get(key) ?? 0) + 1);
    },
    observe(name, seconds) {
      const known = sums.get(name) ?? { sum: 0, count: 0 };
      sums.set(name, { sum: known.sum + seconds, count: known.count + 1 });
    },
    gauge(name, text, read) {
      gauges.set(name, { help: text, read });
    },
    async render() {
      const lines: string[] = [];
      const head = (name: string, type: string, text: string) => lines.push(`# HELP ${name} ${text}`, `# TYPE ${name} ${type}`);
      for (const [name, series] of counters) {
        head(name, "counter", help[name] ?? name);
        for (const [key, value] of series) lines.push(`${key} ${value}`);
      }
      for (const [name, { sum, count }] of sums) {
        head(name, "summary", help[name] ?? name);
        lines.push(`${name}_sum ${sum}`, `${name}_count ${count}`);
      }
      for (const [name, { help: text, read }] of gauges) {
        head(name, "gauge", text);
        lines.push(`${name} ${await read()}`);
      }
      return `${lines.join("\n")}\n`;
    },
  };
}
