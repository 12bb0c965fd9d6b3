import { describe, expect, test } from "vitest";
import { entityNames, pluralOf } from "./entity-names";
import { parseFields } from "./parse-fields";

describe("fields", () => {
  test("are read with their types, and what they take", () => {
    const fields = parseFields(
      " number : text(40):unique , amount:decimal,rate:decimal(9,4)?,due:date? ,paid:boolean,state:choice(draft|sent), owner:user,",
    );
    expect(fields).toMatchObject([
      { name: "number", type: "text", max: 40, unique: true, optional: false },
      { name: "amount", type: "decimal", precision: 12, scale: 2 },
      { name: "rate", type: "decimal", precision: 9, scale: 4, optional: true },
      { name: "due", type: "date", optional: true },
      { name: "paid", type: "boolean" },
      { name: "state", type: "choice", choices: ["draft", "sent"] },
      { name: "owner", type: "user" },
    ]);
  });

  test.each([
    ["", "Name at least one field"],
    ["name", "this is no field"],
    ["name:words", 'there is no type "words"'],
    ["Name:text", "is no name for a field"],
    ["first-name:text", "is no name for a field"],
    ["class:text", "is a word of the language"],
    ["version:integer", "is there already"],
    ["content:longtext", "has a meaning of its own"],
    ["name:text, name:date", "There are 2 fields name"],
    ["dueOn:text, due:date, dueOn:date", "There are 2 fields dueOn"],
    ["name:text(300)", "text(1) to text(255)"],
    ["name:text(8)", "takes at least 10 characters"],
    ["name:text?", "Something has to say which one it is"],
    ["amount:decimal", "Something has to say which one it is"],
    ["name:text, amount:decimal(20,2)", "up to 15 digits"],
    ["name:text, amount:decimal(2,2)", "up to 15 digits"],
    ["name:text, due:date(3)", "takes nothing in brackets"],
    ["name:text, paid:boolean?", "leave the ? out"],
    ["name:text, due:date:unique", "only text and integer can be unique"],
    ["name:text:unique, code:text:unique", "One field can be unique"],
    ["name:text, state:choice", "at least two"],
    ["name:text, state:choice(draft)", "at least two"],
    ["name:text, state:choice(draft|draft)", "there twice"],
    ["name:text, state:choice(draft|In review)", "is no choice"],
  ])("%j is refused in words", (text, words) => {
    expect(() => parseFields(text)).toThrow(words);
  });
});

describe("names", () => {
  test("are spelled as code, table and words have them", () => {
    expect(entityNames("purchase-order")).toMatchObject({
      entities: "purchase-orders",
      entityVar: "purchaseOrder",
      Entities: "PurchaseOrders",
      table: "purchase_orders",
      CODE: "PURCHASE_ORDER",
      Words: "Purchase orders",
    });
    expect(entityNames("person", "people")).toMatchObject({ table: "people", Entities: "People" });
  });

  test.each([
    ["category", "categories"],
    ["day", "days"],
    ["box", "boxes"],
    ["branch", "branches"],
    ["address", "addresses"],
  ])("several of %s are %s", (one, several) => {
    expect(pluralOf(one)).toBe(several);
    expect(entityNames(one).entities).toBe(several);
  });

  test.each([
    ["Invoice", "Try invoice."],
    ["PurchaseOrder", "Try purchase-order."],
    ["purchase_order", "Try purchase-order."],
    ["2fa", "is no name for an entity"],
    ["invoices", "name one of them, invoice"],
    ["categories", "name one of them, category"],
    ["boxes", "name one of them, box"],
    ["class", "is a word of the language"],
    ["user", "has a meaning here already"],
    ["session", "has a meaning here already"],
    ["x".repeat(41), "is no name for an entity"],
  ])("%s is refused in words", (name, words) => {
    expect(() => entityNames(name)).toThrow(words);
  });

  test("what has no plural of its own needs one", () => {
    expect(() => entityNames("sheep", "sheep")).toThrow("are the same");
  });
});
