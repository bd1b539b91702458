import { SaxesParser } from "saxes";
import type { Unreadable } from "../shapes/measurements.ts";
import { unreadable } from "./define-reader.ts";
import type { Parsed } from "./json.ts";

export interface XmlElement {
  name: string;
  attributes: Record<string, string>;
  children: XmlElement[];
}

const maxDepth = 200;
const maxElements = 1_000_000;

/** Elements and attributes of an XML document; text is left out. A document type is refused, so no entity is ever expanded. */
export function parseXml(text: string): Parsed<XmlElement> {
  const top: XmlElement = { name: "", attributes: Object.create(null), children: [] };
  const open = [top];
  const parser = new SaxesParser({ position: true, xmlns: false });
  let elements = 0;
  const problems: Unreadable[] = [];
  const refuse = (...[code, message]: Parameters<typeof unreadable>): void => {
    problems.push(unreadable(code, message, { line: parser.line, column: parser.column + 1 }));
  };
  parser.on("error", () => refuse("not-parseable", "Not well-formed XML, or cut off. Write the file again."));
  parser.on("doctype", () => refuse("not-parseable", "The XML declares a document type, which is not read. Take the DOCTYPE out."));
  parser.on("opentag", ({ name, attributes }) => {
    elements += 1;
    if (open.length > maxDepth) refuse("too-deep", `The XML is nested deeper than ${maxDepth} levels.`);
    if (elements > maxElements) refuse("too-large", "The XML has too many elements.");
    const element: XmlElement = { name, attributes, children: [] };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on("closetag", () => void open.pop());
  for (let start = 0; start < text.length && problems.length === 0; start += 65_536) parser.write(text.slice(start, start + 65_536));
  if (problems.length === 0) parser.close();
  const [root] = top.children;
  return problems[0] ?? (root === undefined ? unreadable("not-parseable", "The XML has no element.") : { ok: true, value: root });
}
