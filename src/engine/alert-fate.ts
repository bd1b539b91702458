import type { AlertMatcher, AlertRouting } from "../shapes/running-system.ts";

/** Labels of an alert by name; what is not here may have any value, and may be absent. */
export type KnownLabels = Readonly<Record<string, string>>;

/** What may become of an alert: it gets to an integration, or it gets to none. Both, where that depends on what is not known. */
export interface AlertFate {
  delivered: boolean;
  lost: boolean;
}

/**
 * Follows alerts down the tree as Alertmanager does: a route's children are tried in order, the first that takes the alert keeps it
 * unless it continues, and what no child takes is the route's own. https://prometheus.io/docs/alerting/latest/configuration/#route
 */
export function alertFate({ receivers, routes }: AlertRouting): (labels: KnownLabels) => AlertFate {
  const integrated = new Set(receivers.flatMap(({ name, integrations }) => (integrations.length > 0 ? [name] : [])));
  const tests = routes.map(({ matchers }) => matchers.map(toTest));
  const children = routes.map((): number[] => []);
  for (const [place, { parent }] of routes.entries()) if (parent !== undefined) children[parent]?.push(place);

  const fateAt = (place: number, labels: KnownLabels): AlertFate => {
    const settled = { delivered: false, lost: false };
    // How the alert may stand before the next child: no child has taken it yet, or one has that lets others try too.
    let untaken = true;
    let taken = { delivered: false, lost: false };
    for (const child of children[place] ?? []) {
      if (!untaken && !taken.delivered && !taken.lost) break;
      const takes = allHold(tests[child] ?? [], labels);
      if (takes === false) continue;
      const below = fateAt(child, labels);
      const after = {
        delivered: taken.delivered || ((untaken || taken.lost) && below.delivered),
        lost: (untaken || taken.lost) && below.lost,
      };
      const passed = takes ? { delivered: false, lost: false } : taken;
      if (takes) untaken = false;
      taken = passed;
      const goesTo = routes[child]?.continues ? taken : settled;
      goesTo.delivered ||= after.delivered;
      goesTo.lost ||= after.lost;
    }
    const own = routes[place];
    const reaches = own !== undefined && integrated.has(own.receiver);
    return {
      delivered: settled.delivered || taken.delivered || (untaken && reaches),
      lost: settled.lost || taken.lost || (untaken && (!reaches || own.timed === true)),
    };
  };
  return (labels) => fateAt(0, labels);
}

type Test = (labels: KnownLabels) => boolean | undefined;

function allHold(tests: readonly Test[], labels: KnownLabels): boolean | undefined {
  let all: boolean | undefined = true;
  for (const test of tests) {
    const one = test(labels);
    if (one === false) return false;
    if (one === undefined) all = undefined;
  }
  return all;
}

/** Undefined where the label is not known, or the expression is more than a choice of words: those of a stranger are not run. */
function toTest({ label, operator, value }: AlertMatcher): Test {
  const fits = operator.endsWith("~")
    ? expressionTest(value)
    : (known: string | undefined) => (known === undefined ? undefined : known === value);
  const negated = operator.startsWith("!");
  return (labels) => {
    const fit = fits(Object.hasOwn(labels, label) ? labels[label] : undefined);
    return fit === undefined ? undefined : fit !== negated;
  };
}

function expressionTest(expression: string): (known: string | undefined) => boolean | undefined {
  const inner = expression.replace(/^\^/, "").replace(/\$$/, "");
  const [, choice = inner] = /^\((?:\?:)?([^()]*)\)$/.exec(inner) ?? [];
  if (choice === ".*") return () => true;
  if (choice === ".+") return (known) => (known === undefined ? undefined : known !== "");
  const words = /^[\w\s|:@,/-]*$/.test(choice) ? new Set(choice.split("|")) : undefined;
  return (known) => (known === undefined ? undefined : words?.has(known));
}
