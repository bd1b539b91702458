import { SaxesParser } from "saxes";
import type { Unreadable } from "../shapes/measurements.ts";
import { unreadable, type TextSink } from "./define-reader.ts";
import type { Parsed } from "./json.ts";

export interface XmlElement {
  name: string;
  attributes: Readonly<Record<string, string>>;
  children: XmlElement[];
}

const maxDepth = 200;
const maxElements = 1_000_000;

/** What is done with each element as it begins, and as it ends. */
export interface ElementTaker {
  open(name: string, attributes: Readonly<Record<string, string>>): Unreadable | undefined | void;
  close(): void;
}

/** Elements of an XML document that comes in pieces; text is left out. A document type is refused, so no entity is ever expanded. */
export function xmlElements(taker: ElementTaker, most = Infinity): TextSink<undefined> {
  const parser = new SaxesParser({ position: true, xmlns: false });
  let [depth, elements] = [0, 0];
  let problem: Unreadable | undefined;
  const refuse = (...[code, message]: Parameters<typeof unreadable>): void => {
    problem ??= unreadable(code, message, { line: parser.line, column: parser.column + 1 });
  };
  parser.on("error", () => refuse("not-parseable", "Not well-formed XML, or cut off. Write the file again."));
  parser.on("doctype", () => refuse("not-parseable", "The XML declares a document type, which is not read. Take the DOCTYPE out."));
  parser.on("opentag", ({ name, attributes }) => {
    elements += 1;
    depth += 1;
    if (depth > maxDepth) refuse("too-deep", `The XML is nested deeper than ${maxDepth} levels.`);
    if (elements > most) refuse("too-large", "The XML has too many elements.");
    if (problem === undefined) problem = taker.open(name, attributes) ?? undefined;
  });
  parser.on("closetag", () => {
    depth -= 1;
    taker.close();
  });
  return {
    write(text) {
      for (let start = 0; start < text.length; start += 65_536) {
        parser.write(text.slice(start, start + 65_536));
        if (problem !== undefined) break;
      }
      return problem;
    },
    end() {
      if (problem === undefined) parser.close();
      return problem ?? (elements === 0 ? unreadable("not-parseable", "The XML has no element.") : undefined);
    },
  };
}

/** Elements and attributes of a whole document. */
export function parseXml(text: string): Parsed<XmlElement> {
  const top: XmlElement = { name: "", attributes: Object.create(null), children: [] };
  const open = [top];
  const sink = xmlElements(
    {
      open: (name, attributes) => {
        const element: XmlElement = { name, attributes, children: [] };
        open.at(-1)?.children.push(element);
        open.push(element);
      },
      close: () => void open.pop(),
    },
    maxElements,
  );
  const problem = sink.write(text) ?? sink.end();
  const [root] = top.children;
  return problem ?? (root === undefined ? unreadable("not-parseable", "The XML has no element.") : { ok: true, value: root });
}
