import { describe, expect, it } from "@jest/globals";
import { fixture, read, readAs, refusal } from "./fixtures.ts";

describe("survey-csv", () => {
  it("reads answers, blanks as asked and not answered, cohorts, quoted line breaks", () => {
    expect(readAs("survey", fixture("survey-csv.csv"))).toMatchObject({
      format: "survey-csv",
      measurement: {
        responses: 3,
        invited: 4,
        satisfied: 2,
        score: 11 / 3,
        scale: "1-5",
        from: "2026-11-02T08:00:00Z",
        to: "2026-11-03T08:00:00Z",
        cohorts: [
          { id: "canary", responses: 2, satisfied: 2 },
          { id: "control", responses: 1, satisfied: 0 },
        ],
      },
      origin: { measuredAt: "2026-11-03T08:00:00Z" },
    });
  });

  it.each([
    ["1-5", "3,4,5,4", 3, 4],
    ["0-10", "0,8,9,10", 2, 6.75],
    ["1-10", "1,8,9,10", 2, 7],
    ["1 to 5", "4", 1, 4],
    ["1–5", "4", 1, 4],
  ])("counts the satisfied on the scale %s", (scale, cells, satisfied, score) => {
    const text = `id,score\n${cells
      .split(",")
      .map((cell, index) => `${index},${cell}`)
      .join("\n")}\n`;
    expect(readAs("survey", text, { scale }).measurement).toMatchObject({ satisfied, score });
  });

  it("reads good and bad without being told, and offers that nobody took", () => {
    const text = "ticket_id,score\n1,good\n2,bad\n3,Good_with_comment\n4,offered\n";
    const { measurement } = readAs("survey", text);
    expect(measurement).toEqual({ responses: 3, invited: 4, satisfied: 2, scale: "good-bad" });
  });

  it.each([
    ["the same id", "id,score\n7,5\n7,4\n8,5\n,5\n,5\n", 4],
    ["the same row with a time", "answered_at,score\n2026-11-02,5\n2026-11-02,5\n2026-11-02,4\n", 2],
    ["equal rows that nothing tells apart", "user,score\na,5\na,5\n", 2],
  ])("counts an answer once: %s", (_, text, responses) => {
    const { measurement, notes } = readAs("survey", text, { scale: "1-5" });
    expect(measurement).toMatchObject({ responses });
    if (text.split("\n").length - 2 > responses) expect(notes.join()).toContain("repeat an earlier answer");
  });

  it("counts who was asked by a column for it", () => {
    const text = "user,sent,score\na,yes,5\nb,yes,\nc,no,\n";
    expect(readAs("survey", text, { scale: "1-5" }).measurement).toMatchObject({ responses: 1, invited: 2 });
  });

  it("does not know who was asked where only answers are listed", () => {
    const { measurement, notes } = readAs("survey", "user,score\na,5\nb,4\n", { scale: "1-5" });
    expect(measurement).not.toHaveProperty("invited");
    expect(notes.join()).toContain("how many were asked");
  });

  it("takes the columns that the policy names", () => {
    const text = "Wann;Zufriedenheit;Gruppe;score\n2026-11-02;4,5;a;1\n";
    const columns = { score: "Zufriedenheit", at: "Wann", cohort: "Gruppe" };
    expect(readAs("survey", text, { scale: "1-5", columns }).measurement).toMatchObject({
      score: 4.5,
      satisfied: 1,
      from: "2026-11-02T00:00:00Z",
    });
    expect(refusal(text, { scale: "1-5", columns: { ...columns, at: "When" } })).toMatchObject({
      code: "bad-shape",
      message: expect.stringContaining("`columns.at`"),
    });
  });

  it("never guesses the scale: nobody is satisfied or not where nobody says it", () => {
    const { measurement, notes } = readAs("survey", "user,at,score,cohort\na,2026-11-02,5,x\nb,2026-11-03,4,x\nc,,,x\n");
    expect(measurement).toEqual({
      responses: 2,
      invited: 3,
      score: 4.5,
      from: "2026-11-02T00:00:00Z",
      to: "2026-11-03T00:00:00Z",
      cohorts: [{ id: "x", responses: 2, invited: 3, from: "2026-11-02T00:00:00Z", to: "2026-11-03T00:00:00Z" }],
    });
    expect(notes).toContain("the scale is not in the file: set `criteria.user-satisfaction.scale`, or `scale` in user-survey.md");
    expect(refusal("user,score\na,5\nb,often\n")).toMatchObject({
      code: "bad-value",
      message: expect.stringContaining("row 3 is not a number"),
    });
  });

  it.each([
    ["policy", { scale: "1-5", describedScale: "0-10" }, "score (1-10)", "1-5"],
    ["column", { describedScale: "0-10" }, "score (1-10)", "1-10"],
    ["description", { describedScale: "0-10" }, "score", "0-10"],
  ])("takes the scale from the %s first", (_from, options, column, scale) => {
    expect(readAs("survey", `user,${column}\na,5\n`, options).measurement.scale).toBe(scale);
  });

  it.each([
    ["an answer off the scale", "user,score\na,5\nb,6\n", "1-5", "bad-value", "row 3"],
    ["an answer that is no number", "user,score\na,happy\n", "1-5", "bad-value", "row 2"],
    ["NaN", "user,score\na,NaN\n", "1-5", "bad-value", "row 2"],
    ["a scale that is not known", "user,score\na,5\n", "1-6", "bad-value", "not one of"],
    ["a local date", "user,submitted_at,score\na,11/02/2026,5\n", "1-5", "bad-value", "ISO 8601"],
    ["no answers", "user,score\n", "1-5", "incomplete", "no answer"],
  ])("refuses %s", (_name, text, scale, code, part) => {
    expect(refusal(text, { scale })).toMatchObject({ code, format: "survey-csv", message: expect.stringContaining(part) });
  });
});

describe("metric-csv", () => {
  it("reads the long shape, segments apart, blanks as no point", () => {
    const { series } = readAs("metric-series", fixture("metric-csv.csv")).measurement;
    expect(series.map(({ name, unit, points, mean }) => ({ name, unit, points, mean }))).toEqual([
      { name: "handle-time", unit: "minutes", points: 2, mean: 9 },
      { name: "handle-time/vip", unit: "minutes", points: 1, mean: 7 },
      { name: "contacts", unit: "contacts", points: 1, mean: 120 },
    ]);
    expect(series[0]?.values).toEqual([
      { at: "2026-11-01T00:00:00Z", value: 9.5 },
      { at: "2026-11-02T00:00:00Z", value: 8.5 },
    ]);
  });

  it("reads the wide shape, ISO weeks and decimal commas", () => {
    const { series } = readAs("metric-series", fixture("metric-csv-wide.csv")).measurement;
    expect(series).toMatchObject([
      { name: "handle-time", points: 2, from: "2026-10-26T00:00:00Z", to: "2026-11-02T00:00:00Z", mean: 9 },
      { name: "contacts", points: 1, mean: 120 },
    ]);
  });

  it("reads tables of Grafana, and leaves answers with a time to surveys", () => {
    const { measurement, notes } = readAs("metric-series", fixture("metric-csv-grafana.csv"));
    expect(measurement.series).toMatchObject([
      { name: "handle-time", points: 2, mean: 9 },
      { name: "contacts", points: 1 },
    ]);
    expect(notes).toEqual(["times without a zone were read as UTC"]);
    expect(read("Time,score\n2026-11-01 10:00:00,5\n2026-11-01 11:00:00,4\n", { scale: "1-5" })).toMatchObject({ format: "survey-csv" });
  });

  it("orders the points by time and takes negative values", () => {
    const { series } = readAs("metric-series", "date,margin\n2026-11-02,-1.5\n2026-11-01,2e0\n").measurement;
    expect(series[0]?.values?.map(({ value }) => value)).toEqual([2, -1.5]);
  });

  it("takes the columns that the policy names", () => {
    const columns = { date: "Tag", metric: "Kennzahl", value: "Wert" };
    expect(readAs("metric-series", "Tag,Kennzahl,Wert\n2026-11-01,a,1\n", { columns }).measurement.series).toMatchObject([
      { name: "a", mean: 1 },
    ]);
  });

  it("tells one row a day from answers of many people", () => {
    expect(read("date,csat\n2026-11-01,4.2\n2026-11-02,4.4\n")).toMatchObject({ format: "metric-csv" });
    expect(read("date,csat\n2026-11-01,4\n2026-11-01,5\n", { scale: "1-5" })).toMatchObject({ format: "survey-csv" });
  });

  it.each([
    ["a value that is text", "date,metric,value\n2026-11-01,a,much\n", "bad-value"],
    ["NaN", "date,metric,value\n2026-11-01,a,NaN\n", "bad-value"],
    ["a number without end", "date,metric,value\n2026-11-01,a,1e999\n", "bad-value"],
    ["marks between thousands", 'date,metric,value\n2026-11-01,a,"1,200"\n', "bad-value"],
    ["a date of another kind", "date,metric,value\n01.11.2026,a,1\n", "bad-value"],
    ["two values of one day", "date,metric,value\n2026-11-01,a,1\n2026-11-01,a,2\n", "bad-value"],
    ["a unit that changes", "date,metric,value,unit\n2026-11-01,a,1,s\n2026-11-02,a,2,ms\n", "bad-value"],
    ["a metric without a name", "date,metric,value\n2026-11-01,,1\n", "bad-value"],
    ["no value at all", "date,metric,value\n2026-11-01,a,\n", "incomplete"],
    [
      "series without end",
      `date,metric,value\n${Array.from({ length: 1001 }, (_, index) => `2026-11-01,m${index},1`).join("\n")}\n`,
      "too-large",
    ],
  ])("refuses %s", (_name, text, code) => {
    expect(refusal(text)).toMatchObject({ code, format: "metric-csv" });
  });
});

describe("metric-json", () => {
  it("reads a list of points as the table of the same columns", () => {
    const { measurement, origin, tool } = readAs("metric-series", fixture("metric-json.json"));
    expect(measurement.series.map(({ name, unit, points, mean }) => ({ name, unit, points, mean }))).toEqual([
      { name: "handle-time", unit: "minutes", points: 2, mean: 9 },
      { name: "handle-time/vip", unit: "minutes", points: 1, mean: 7 },
      { name: "margin", unit: undefined, points: 1, mean: -1.5 },
    ]);
    expect(origin).toEqual({ measuredAt: "2026-11-02T00:00:00Z" });
    expect(tool.name).toBe("json");
  });

  it("takes the keys that the policy names, weeks and instants", () => {
    const text = '[{"Tag":"2026-W45","Kennzahl":"a","Wert":1},{"Tag":"2026-11-10T10:00","Kennzahl":"a","Wert":2}]';
    const { measurement, notes } = readAs("metric-series", text, { columns: { date: "Tag", metric: "Kennzahl", value: "Wert" } });
    expect(measurement.series).toMatchObject([{ name: "a", from: "2026-11-02T00:00:00Z", to: "2026-11-10T10:00:00Z" }]);
    expect(notes).toEqual(["times without a zone were read as UTC"]);
    expect(read(text)).toMatchObject({ ok: false, code: "unknown-format" });
  });

  const point = (changes: object) => JSON.stringify([{ date: "2026-11-01", metric: "a", value: 1, ...changes }]);
  it.each([
    ["a value that is text", point({ value: "1" }), "bad-shape"],
    ["a date that is a number", point({ date: 1795161600 }), "bad-shape"],
    ["a date of another kind", point({ date: "01.11.2026" }), "bad-value"],
    ["a metric without a name", point({ metric: " " }), "bad-shape"],
    ["a unit that is a number", point({ unit: 1 }), "bad-shape"],
    ["an entry that is no point", '[{"date":"2026-11-01","metric":"a","value":1},2]', "bad-shape"],
    ["a point without a value", '[{"date":"2026-11-01","metric":"a","value":1},{"date":"2026-11-02","metric":"a"}]', "bad-shape"],
    ["two values of one day", '[{"date":"2026-11-01","metric":"a","value":1},{"date":"2026-11-01","metric":"a","value":2}]', "bad-value"],
    ["no value", point({ value: null }), "bad-shape"],
  ])("refuses %s", (_name, text, code) => {
    expect(refusal(text)).toMatchObject({ code, format: "metric-json" });
  });
});

describe("tables", () => {
  it("note times without a zone", () => {
    const note = "times without a zone were read as UTC";
    expect(readAs("survey", "user,at,score\na,2026-11-02 10:00:00,5\n", { scale: "1-5" }).notes).toContain(note);
    expect(readAs("survey", "user,at,score\na,2026-11-02,5\n", { scale: "1-5" }).notes).not.toContain(note);
    expect(readAs("metric-series", "date,metric,value\n2026-11-02T10:00,a,1\n").notes).toEqual([note]);
    expect(readAs("log", '{"time":"2026-11-02 10:00:00","request_id":"a"}\n').notes).toEqual([note]);
  });

  it("are refused by the name of the column that the policy names and they lack", () => {
    const options = { columns: { date: "Tag", metric: "metric", value: "value" } };
    expect(refusal("date,metric,value\n2026-11-01,a,1\n", options)).toMatchObject({
      code: "bad-shape",
      message: expect.stringContaining("`columns.date`"),
    });
  });

  it("may have blank names for columns that nobody needs", () => {
    expect(readAs("metric-series", "date,metric,value,,\n2026-11-01,a,1,,\n").measurement.series).toHaveLength(1);
  });
});

describe("training-csv and training-yaml", () => {
  it("read the same record", () => {
    const { records } = readAs("training", fixture("training-csv.csv")).measurement;
    expect(records).toEqual([
      { person: "octo-mia", material: "assistant-basics", version: "2026-10", completed: "2026-11-01", score: 0.9 },
      { person: "octo-sam", material: "assistant-basics", version: "2026-10" },
    ]);
    expect(readAs("training", fixture("training-yaml.yml")).measurement.records).toEqual(records);
  });

  it("take the columns that the policy names", () => {
    const text = "who,course,version\nocto-mia,basics,2\n";
    expect(read(text)).toMatchObject({ ok: false });
    expect(readAs("training", text, { columns: { person: "who", material: "course" } }).measurement.records).toHaveLength(1);
  });

  it.each([
    ["no person", "person,material,version\n,a,1\n", "`person` is blank in row 2"],
    ["a date that is none", "person,material,version,completed\na,b,1,done\n", "`completed` in row 2"],
    ["a score that is text", "person,material,version,score\na,b,1,good\n", "`score` in row 2"],
    ["a negative score", "person,material,version,score\na,b,1,-1\n", "`score` in row 2"],
  ])("refuse %s", (_name, text, part) => {
    expect(refusal(text)).toMatchObject({ code: "bad-value", format: "training-csv", message: expect.stringContaining(part) });
  });

  it.each([
    ["a version that is a number", "training: [{ person: a, material: b, version: 1.10 }]", "bad-shape"],
    ["a date that is none", "training: [{ person: a, material: b, version: v1, completed: done }]", "bad-value"],
    ["a negative score", "training: [{ person: a, material: b, version: v1, score: -1 }]", "bad-value"],
  ])("refuse %s in YAML", (_name, text, code) => {
    expect(refusal(text)).toMatchObject({ code, format: "training-yaml" });
  });
});
