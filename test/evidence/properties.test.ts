import { describe, expect, it } from "@jest/globals";
import * as fc from "fast-check";
import { readers } from "../../src/evidence/formats/index.ts";
import { fixtures } from "./fixtures.ts";
import { placesIn, withValue } from "./json-places.ts";
import { unsound } from "./soundness.ts";

const own = fixtures(readers.map(({ format }) => format));

describe("anything at all", () => {
  it("as bytes never makes a reader throw", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => expect(unsound(bytes)).toEqual([])),
      { seed: 7, numRuns: 300 },
    );
  });

  it("as text never makes a reader throw", () => {
    const pieces = fc.constantFrom(
      "---\n",
      "a: 1\n",
      "- ",
      "# T\n",
      "\n",
      ",",
      ";",
      "date",
      "score",
      "metric",
      "value",
      "{",
      "}",
      '"',
      "<a>",
      "</a>",
      ": ",
      "*a",
      "&a ",
      "TODO",
      ">",
      "|",
      "1",
      "-1",
      "2026-11-01",
      "\t",
      "\r\n",
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => expect(unsound(parts.join(""))).toEqual([])),
      { seed: 7, numRuns: 1000 },
    );
  });

  it("as JSON never makes a reader throw", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), (text) => expect(unsound(text)).toEqual([])),
      { seed: 7, numRuns: 300 },
    );
  });

  const values = own
    .filter(({ name }) => name.endsWith(".json"))
    .map(({ name, bytes }) => ({ name, value: JSON.parse(new TextDecoder().decode(bytes)) as unknown }));
  it.each(values)("in one place of $name never makes a reader throw, nor an unsound figure", ({ value }) => {
    const places = placesIn(value);
    fc.assert(
      fc.property(
        fc.constantFrom(...places),
        fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.double({ noNaN: true }), fc.integer()),
        (place, other) => {
          expect(unsound(JSON.stringify(withValue(value, place, other)))).toEqual([]);
        },
      ),
      { seed: 7, numRuns: 200 },
    );
  });
});
