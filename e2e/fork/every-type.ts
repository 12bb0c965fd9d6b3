/** Every type of field that an entity is generated with. */
export const EVERY_TYPE =
  "number:text(40):unique, amount:decimal, due:date?, paid:boolean, customer:user, backup:user?, status:choice(draft|sent|paid_late), kind2:choice(a|b)?, notes:longtext?, terms:longtext, count:integer, left:integer?, rate:decimal(9,4)?, from:date, sentAt:timestamp?, madeAt:timestamp, note:text?";
/** Its words in Spanish. */
export const SPANISH = { labelEs: "factura/facturas", fieldsEs: "due: vence, draft: borrador" };
