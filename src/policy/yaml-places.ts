import { EVENT_ID, getScalarValue, SCALAR_STYLE, type Event } from "js-yaml";
import type { ProblemCode } from "../shapes/problem.ts";
import { quote } from "./quote.ts";
import type { Path } from "./validate.ts";
import type { YamlProblem } from "./parse-yaml.ts";

/** Offsets into the text: of the key, where it stands in a mapping, and of the value. */
interface Place {
  key?: number;
  value: number;
  children?: Map<string | number, Place>;
}

/** Where the values of a parsed text stand. */
export interface Places {
  /** Offset of the key or the value at a path; where the text has no such path, that of its nearest ancestor. */
  offset(path: Path, of: "key" | "value"): number;
}

interface Walk {
  places: Places;
  repeated: YamlProblem[];
  refusal?: { code: ProblemCode; message: string; offset: number };
}

interface Frame {
  place: Place;
  path: Path;
  isMapping: boolean;
  items: number;
  /** Key that waits for its value. */
  key?: { name: string; offset: number };
  anchor: string | undefined;
  /** Nodes in here, this one included, each alias counted with all that it stands for. */
  size: number;
}

type NodeEvent = Exclude<Event, { type: typeof EVENT_ID.DOCUMENT } | { type: typeof EVENT_ID.POP }>;

const MAX_NODES = 50_000;

/** Places of all nodes of one document, and its repeated keys. Refuses texts whose aliases stand for too much, before they are built. */
export function walkEvents(events: readonly Event[], text: string): Walk {
  const root: Place = { value: 0 };
  const walk: Walk = { places: placesBelow(root), repeated: [] };
  const frames: Frame[] = [];
  const sizes = new Map<string, number>();
  let total = 0;
  for (const event of events) {
    if (event.type === EVENT_ID.DOCUMENT) continue;
    if (event.type === EVENT_ID.POP) {
      const closed = frames.pop();
      if (closed?.anchor !== undefined) sizes.set(closed.anchor, closed.size);
      continue;
    }
    const anchor = event.anchorStart === -1 ? undefined : text.slice(event.anchorStart, event.anchorEnd);
    const offset = offsetOf(event);
    const size = event.type === EVENT_ID.ALIAS ? sizes.get(anchor ?? "") : 1;
    if (size === undefined)
      return { ...walk, refusal: { code: "not-yaml", message: "This alias stands before its anchor or inside it.", offset } };
    total += size;
    if (total > MAX_NODES) {
      const message = `The policy has more than ${MAX_NODES} values, where aliases count with all that they stand for.`;
      return { ...walk, refusal: { code: "too-many-aliases", message, offset } };
    }
    for (const frame of frames) frame.size += size;
    const entered = enter(frames.at(-1), root, event, offset, text);
    if (entered.repeated) walk.repeated.push(entered.repeated);
    if (event.type === EVENT_ID.SEQUENCE || event.type === EVENT_ID.MAPPING) {
      frames.push({ ...entered, isMapping: event.type === EVENT_ID.MAPPING, items: 0, anchor, size });
    } else if (event.type === EVENT_ID.SCALAR && anchor !== undefined) sizes.set(anchor, 1);
  }
  return walk;
}

/** Negative where an empty value has no place of its own. */
function offsetOf(event: NodeEvent): number {
  if (event.type === EVENT_ID.ALIAS) return event.anchorStart - 1;
  if (event.type !== EVENT_ID.SCALAR) return event.start;
  const quoted = event.style === SCALAR_STYLE.SINGLE_QUOTED || event.style === SCALAR_STYLE.DOUBLE_QUOTED;
  return quoted ? event.valueStart - 1 : event.valueStart;
}

interface Entered {
  place: Place;
  path: Path;
  repeated?: YamlProblem;
}

/** Enters a node into its parent: as the document, as a key, as the value of the key before, or as the next item. */
function enter(parent: Frame | undefined, root: Place, event: NodeEvent, offset: number, text: string): Entered {
  if (!parent) {
    root.value = Math.max(0, offset);
    return { place: root, path: [] };
  }
  if (parent.isMapping && !parent.key) {
    const at = offset < 0 ? parent.place.value : offset;
    parent.key = { name: event.type === EVENT_ID.SCALAR ? getScalarValue(text, event) : "", offset: at };
    return { place: { value: at }, path: parent.path };
  }
  const { key } = parent;
  const step = key ? key.name : parent.items++;
  const path = [...parent.path, step];
  const place: Place = { value: offset < 0 ? (key?.offset ?? parent.place.value) : offset, ...(key ? { key: key.offset } : {}) };
  const children = (parent.place.children ??= new Map<string | number, Place>());
  const known = key !== undefined && children.has(step);
  children.set(step, place);
  delete parent.key;
  if (!known || !key) return { place, path };
  return {
    place,
    path,
    repeated: { code: "duplicate-key", message: `The key ${quote(key.name)} stands twice; keep one.`, offset: key.offset, path },
  };
}

function placesBelow(root: Place): Places {
  return {
    offset(path, of) {
      let place = root;
      for (const step of path) {
        const next = place.children?.get(step);
        if (!next) return place.key ?? place.value;
        place = next;
      }
      return of === "key" ? (place.key ?? place.value) : place.value;
    },
  };
}
