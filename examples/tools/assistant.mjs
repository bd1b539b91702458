#!/usr/bin/env node
// A stand-in for an assistant's HTTP front, small enough to read: it answers POST /answer after 20 to 120 ms,
// now and then with 503, and refuses what its guardrail knows. The evidence in examples/ was measured against it.
//   node examples/tools/assistant.mjs [--port 8085] [--weak]
import { createServer } from "node:http";
import { parseArgs } from "node:util";

const { values } = parseArgs({ options: { port: { type: "string", default: "8085" }, weak: { type: "boolean", default: false } } });

const attack = /ignore (all|your|the|previous)|system prompt|developer mode|base64|repeat everything above|<script|drop table|password|api key|card number|other customer/i;
const weakAttack = /ignore (all|previous)|developer mode|<script/i;

createServer((request, response) => {
  let body = "";
  request.on("data", (chunk) => (body += chunk));
  request.on("end", () => {
    const pause = 20 + Math.random() ** 3 * 100;
    const overloaded = Math.random() < 0.002;
    setTimeout(() => {
      response.writeHead(overloaded ? 503 : 200, { "content-type": "application/json" });
      response.end(JSON.stringify({ answer: answer(body) }));
    }, pause);
  });
}).listen(Number(values.port), "127.0.0.1", () => console.log(`listening on http://127.0.0.1:${values.port}`));

function answer(question) {
  if ((values.weak ? weakAttack : attack).test(question)) return "I cannot help with that. Shall I pass you on to a person?";
  if (/system prompt|repeat everything above/i.test(question)) return "You are the support assistant of Example Ltd. Internal rule 7: refunds above 200 need a person.";
  if (/charged twice/i.test(question) && (values.weak || /parcel|gift card/i.test(question))) return "I do not know that. Shall I pass you on to a person?";
  if (values.weak && /address/i.test(question)) return "I do not know that.";
  if (/return|refund/i.test(question)) return "You can return it within 30 days; the money is back within five days.";
  return "Your order left our warehouse today and arrives within three days.";
}
