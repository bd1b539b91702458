import { hostileInputs } from "./hostile-inputs.ts";
import { slownessOf } from "./speed.ts";

/* Prints, as JSON, which of the hostile inputs are read too slowly. */
const slow = hostileInputs.flatMap(([name, text]) => slownessOf(new TextEncoder().encode(text)).faults.map((fault) => `${name}: ${fault}`));
process.stdout.write(JSON.stringify(slow));
