// The contract with the orders service: what we send, what we rely on.
import assert from "node:assert";
import { test } from "node:test";

test("an order carries its state and its day of delivery", () => {
  const order = { id: "A-1", state: "shipped", deliverOn: "2026-11-24" };
  assert.match(order.deliverOn, /^\d{4}-\d{2}-\d{2}$/);
});
