#!/usr/bin/env node
// Writes the promptfoo configuration of the evaluation: every replayed question, answered or not.
//   node examples/tools/make-questions.mjs 8085 examples/ready/docs/readiness/data/questions.csv 120 > questions.json
import { readFileSync } from "node:fs";

const [port = "8085", file = "examples/ready/docs/readiness/data/questions.csv", most = "120"] = process.argv.slice(2);
const questions = readFileSync(file, "utf8").trim().split("\n").slice(1, 1 + Number(most)).map((line) => line.split(",").slice(2).join(",").replaceAll('"', ""));
const config = {
  description: "Replayed questions of October",
  prompts: ["{{question}}"],
  providers: [{ id: `http://127.0.0.1:${port}/answer`, label: "assistant", config: { method: "POST", headers: { "content-type": "application/json" }, body: { question: "{{prompt}}" }, transformResponse: "json.answer" } }],
  tests: questions.map((question) => ({ vars: { question }, assert: [{ type: "not-icontains", value: "do not know", metric: "resolved" }] })),
};
process.stdout.write(`${JSON.stringify(config, null, 2)}\n`);
