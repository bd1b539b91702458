#!/usr/bin/env node
// Writes the survey, the metric series, the log sample and the questions of examples/ready. They are made up, from a fixed seed:
// running this again gives the same bytes.
//   node examples/tools/make-data.mjs examples/ready
import { writeFileSync } from "node:fs";

const root = `${process.argv[2] ?? "examples/ready"}/docs/readiness/evidence`;
let state = 20261123;
const random = () => ((state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32);
const normal = () => Math.sqrt(-2 * Math.log(random() || 1e-9)) * Math.cos(2 * Math.PI * random());
const day = (from, n) => new Date(Date.parse(`${from}T00:00:00Z`) + n * 86_400_000).toISOString().slice(0, 10);

const answers = Array.from({ length: 520 }, (_, i) => {
  const answered = random() < 0.31;
  const score = random() < 0.86 ? (random() < 0.6 ? 5 : 4) : 1 + Math.floor(random() * 3);
  const at = `${day("2026-11-16", Math.floor(random() * 7))}T${String(8 + Math.floor(random() * 12)).padStart(2, "0")}:${String(Math.floor(random() * 60)).padStart(2, "0")}:00Z`;
  return `c-${1000 + i},${answered ? score : ""},${answered ? at : ""}`;
});
writeFileSync(`${root}/user-satisfaction/survey.csv`, `contact,csat,answered_at\n${answers.join("\n")}\n`);

const series = Array.from({ length: 77 }, (_, i) => {
  const date = day("2026-09-07", i);
  const exposed = date >= "2026-11-02";
  const handle = (exposed ? 8.1 : 9.4) + normal() * 0.35;
  const reopened = (exposed ? 0.059 : 0.062) + normal() * 0.004;
  return `${date},handle-time,${handle.toFixed(2)}\n${date},reopened,${reopened.toFixed(4)}`;
});
writeFileSync(`${root}/business-impact/metrics.csv`, `date,metric,value\n${series.join("\n")}\n`);

const guardrails = ["allowed", "allowed", "allowed", "allowed", "refused", "review"];
const lines = Array.from({ length: 40 }, (_, i) => {
  const guardrail = guardrails[Math.floor(random() * guardrails.length)];
  const id = String(40_000 + i);
  return JSON.stringify({
    time: `2026-11-20T10:${String(i).padStart(2, "0")}:07Z`,
    request_id: `r-${id}`,
    user: `u-${Math.floor(random() * 1e6).toString(36)}`,
    model: "gpt-4o-2024-11-20",
    prompt_version: "answer@7",
    input_ref: `content/${id}/in`,
    output_ref: `content/${id}/out`,
    guardrail,
    reviewer: guardrail === "review" ? "octo-ben" : "none",
    outcome: guardrail === "review" && random() < 0.3 ? "changed" : "sent",
  });
});
writeFileSync(`${root}/output-logging/sample.jsonl`, `${lines.join("\n")}\n`);

const topics = ["Where is my order", "How do I return", "Can I change the address of", "When will you refund", "Is it possible to cancel", "Why was I charged twice for"];
const things = ["the lamp", "order A-1", "two chairs", "my last parcel", "the blue rug", "a gift card", "the desk", "the kettle", "the shelf", "the sofa"];
const languages = ["en", "de", "fr", "nl"];
const questions = Array.from({ length: 120 }, (_, i) => `q-${String(i + 1).padStart(3, "0")},${languages[i % 4]},"${topics[i % topics.length]} ${things[Math.floor(i / topics.length) % things.length]}?"`);
writeFileSync(`${root}/../data/questions.csv`, `id,language,question\n${questions.join("\n")}\n`);
