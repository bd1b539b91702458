// Writes a load test of any size: node bench/make-large.ts jtl|k6-points MEBIBYTES FILE
import { closeSync, openSync, writeSync } from "node:fs";

const [format, mebibytes, file = ""] = process.argv.slice(2);
const limit = Number(mebibytes) * 1024 * 1024;
const out = openSync(file, "w");
const url = "http://127.0.0.1:8080/v1/chat/completions";
const metrics = ["blocked", "connecting", "tls_handshaking", "sending", "waiting", "receiving"];
let state = 7;

/** From 0 to 1, the same in every run (a linear congruential generator). */
function chance(): number {
  state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
  return state / 2_147_483_648;
}

function row(at: number, elapsed: number, failed: boolean): string {
  const message = failed ? '"Internal, Server Error"' : "OK";
  return `${at},${elapsed},POST /v1/chat/completions,${failed ? 500 : 200},${message},Thread Group 1-${at % 200},text,${!failed},,2381,812,200,200,${url},${elapsed},0,1\n`;
}

function points(at: number, elapsed: number, failed: boolean): string {
  const tags = `"tags":{"expected_response":"${!failed}","group":"","method":"POST","name":"${url}","proto":"HTTP/1.1","scenario":"default","status":"${failed ? 500 : 200}","url":"${url}"}`;
  const point = (metric: string, value: number) =>
    `{"metric":"${metric}","type":"Point","data":{"time":"${new Date(at + elapsed).toISOString().replace("Z", "123456Z")}","value":${value},${tags}}}\n`;
  const parts = metrics.map((name) => point(`http_req_${name}`, elapsed / 100));
  return `${point("http_reqs", 1)}${point("http_req_duration", elapsed + 0.123456)}${parts.join("")}${point("http_req_failed", failed ? 1 : 0)}`;
}

let written =
  format === "jtl"
    ? writeSync(
        out,
        "timeStamp,elapsed,label,responseCode,responseMessage,threadName,dataType,success,failureMessage,bytes,sentBytes,grpThreads,allThreads,URL,Latency,IdleTime,Connect\n",
      )
    : 0;
for (let at = 1_795_161_600_000; written < limit;) {
  let block = "";
  for (let index = 0; index < 2000; index += 1, at += 1) {
    const elapsed = Math.floor(80 + chance() * 400 + (chance() < 0.02 ? 2000 : 0));
    const failed = chance() < 0.001;
    block += format === "jtl" ? row(at, elapsed, failed) : points(at, elapsed, failed);
  }
  written += writeSync(out, block);
}
closeSync(out);
