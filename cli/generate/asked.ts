/** What an entity is made from, as the command is told. */
export type Asked = {
  name: string;
  fields: string;
  plural?: string | undefined;
  /** The words of the other language: "factura/facturas", and of its fields and choices: "due: vence, draft: borrador". */
  labelEs?: string | undefined;
  fieldsEs?: string | undefined;
};
