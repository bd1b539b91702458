import { describe, expect, it } from "@jest/globals";
import { fixture, read, readAs, refusal, samples } from "./fixtures.ts";

const columns = { score: "Q1" };
const asked = { columns, scale: "1-5" };
const qualtrics = fixture("survey-csv-qualtrics.csv");
const notAUsers = (rows: number) => `${rows} rows are previews, tests, imports or spam by \`Status\` and do not count`;
const unfinished = (rows: number) => `${rows} rows are unfinished and do not count`;

function changed(text: string, before: string | RegExp, after: string): string {
  expect(text).toMatch(before);
  return text.replace(before, after);
}

describe("an export of Qualtrics", () => {
  it("has three rows of names, and answers that are no user's", () => {
    const { measurement, notes, origin, tool } = readAs("survey", qualtrics, asked);
    expect(measurement).toEqual({
      responses: 3,
      satisfied: 2,
      score: 11 / 3,
      scale: "1-5",
      from: "2026-11-02T08:01:01Z",
      to: "2026-11-03T08:01:01Z",
      cohorts: [{ id: "canary", responses: 3, satisfied: 2, from: "2026-11-02T08:01:01Z", to: "2026-11-03T08:01:01Z" }],
    });
    expect(notes).toEqual([
      "times without a zone were read as UTC",
      notAUsers(2),
      unfinished(1),
      "the file does not say how many were asked",
    ]);
    expect(origin).toEqual({ measuredAt: "2026-11-03T08:01:01Z" });
    expect(tool.name).toBe("qualtrics");
  });

  it("has two rows of names in its legacy shape, behind a byte order mark", () => {
    const { measurement, notes } = readAs("survey", fixture("survey-csv-qualtrics-legacy.csv"), asked);
    expect(measurement).toMatchObject({ responses: 2, satisfied: 1, from: "2026-11-02T08:01:00Z", to: "2026-11-02T09:01:00Z" });
    expect(notes).toEqual(expect.arrayContaining([notAUsers(1), unfinished(1)]));
  });

  it("may have one row of names left, and still drops previews", () => {
    const [names = "", ...rest] = qualtrics.split("\n");
    const answers = rest.filter((line) => line.startsWith("2026"));
    expect(readAs("survey", [names, ...answers].join("\n"), asked).measurement).toMatchObject({ responses: 3, satisfied: 2 });
  });

  it("is read in whatever language its names are: the ids below them decide", () => {
    const text = changed(qualtrics, "Status,IPAddress,Progress", "Antworttyp,IPAddress,Fortschritt");
    expect(readAs("survey", text, asked).measurement).toMatchObject({ responses: 3 });
  });

  it("may say that its times are UTC", () => {
    const { notes } = readAs("survey", qualtrics.replaceAll("Europe/Berlin", "Z"), asked);
    expect(notes.join()).not.toContain("read as UTC");
  });

  it("knows labels of a status, and another column of times", () => {
    const text = qualtrics.replaceAll(/(:\d\d),0,192/g, "$1,IP Address,192").replaceAll(",1,,100", ",Survey Preview,,100");
    expect(readAs("survey", text, { ...asked, columns: { ...columns, at: "StartDate" } })).toMatchObject({
      measurement: { responses: 3, from: "2026-11-02T08:00:00Z" },
    });
  });

  it("counts who was asked where the policy names a column for it", () => {
    const { measurement } = readAs("survey", qualtrics, { ...asked, columns: { ...columns, invited: "DistributionChannel" } });
    expect(measurement).toMatchObject({ responses: 3, invited: 5 });
  });

  it.each([
    ["the question", {}, qualtrics, "`criteria.user-satisfaction.columns.score`"],
    [
      "the question, though a column is called score",
      {},
      qualtrics.replace(",Q2\n", ",score\n"),
      "`criteria.user-satisfaction.columns.score`",
    ],
    ["a question that is there", { columns: { score: "Q7" } }, qualtrics, "`columns.score`"],
    [
      "the status",
      asked,
      qualtrics.replace("Status,", "Kind,").replace('""status""', '""QID9""'),
      "no `Status`, which tells previews and tests from answers",
    ],
    ["an answer", asked, qualtrics.split("\n").slice(0, 4).join("\n"), "holds no answer"],
    ["answers on the scale", { columns: { score: "Q2" }, scale: "1-5" }, qualtrics, "not on the scale 1-5"],
  ])("is refused without %s", (_what, options, text, part) => {
    expect(refusal(text, options)).toMatchObject({ format: "survey-csv", message: expect.stringContaining(part) });
  });

  const real = samples().filter(({ path }) => path.startsWith("qualtrics/"));
  it.each(real)("$path holds one answer", ({ bytes }) => {
    expect(readAs("survey", bytes, asked).measurement).toMatchObject({ responses: 1, satisfied: 0, score: 2 });
  });
});

describe("an export of Delighted", () => {
  const text = fixture("survey-csv-delighted.csv");
  it("is from 0 to 10", () => {
    expect(readAs("survey", text).measurement).toEqual({
      responses: 4,
      satisfied: 2,
      score: 6.25,
      scale: "0-10",
      from: "2026-11-02T08:00:00Z",
      to: "2026-11-03T09:00:00Z",
    });
  });

  it("is on another scale where somebody says so", () => {
    const stars = text.replace(",10,", ",5,").replace(",9,", ",4,").replace(",6,", ",3,").replace(",0,", ",1,");
    expect(readAs("survey", stars, { describedScale: "1-5" }).measurement).toMatchObject({ scale: "1-5", satisfied: 2 });
  });
});

describe("an export of Zendesk", () => {
  it("counts good and bad, offers that nobody took, and not whom nobody asked", () => {
    const { measurement, notes } = readAs("survey", fixture("survey-csv-zendesk.csv"));
    expect(measurement).toMatchObject({ responses: 4, invited: 6, satisfied: 2, scale: "good-bad" });
    expect(notes).toEqual(["1 rows say that nobody was asked and do not count"]);
  });

  it("takes a rating that is not known for none", () => {
    expect(read(fixture("survey-csv-zendesk.csv").replace("Bad", "Meh"), { scale: "good-bad" })).toMatchObject({
      ok: false,
      code: "bad-value",
    });
  });
});
