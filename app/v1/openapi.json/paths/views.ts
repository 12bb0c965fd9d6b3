import type { ZodOpenApiPathsObject } from "zod-openapi";
import { ViewInput } from "@/lib/saved-views/save-view";
import { ViewChanges } from "@/lib/saved-views/share-view";
import { SavedView } from "@/lib/saved-views/view-view";
import { idOf, listOf } from "../describe-path";
import { native } from "./native";

export const views: ZodOpenApiPathsObject = {
  "/v1/views": native("Views", {
    get: {
      id: "listViews",
      summary: "List saved views of the list of users",
      description: "One's own and those that others share, by name.",
      answers: { 200: { description: "All of them", schema: listOf(SavedView) } },
      codes: ["FORBIDDEN"],
    },
    post: {
      id: "saveView",
      summary: "Save a view",
      description: "For oneself; share it afterwards.",
      body: ViewInput,
      example: { name: "Sleepers at Acme", query: "domain=acme.example&activity=inactive" },
      answers: { 201: { description: "The view", schema: SavedView, headers: ["Location"] } },
      codes: ["VALIDATION_FAILED", "FORBIDDEN", "NAME_TAKEN", "TOO_MANY_VIEWS"],
    },
  }),
  "/v1/views/{id}": native("Views", {
    patch: {
      id: "shareView",
      summary: "Share a view, or take it back",
      description: "One's own, with everybody who may list users; for who may read every user.",
      path: idOf("view"),
      body: ViewChanges,
      example: { shared: true },
      answers: { 200: { description: "The view as it is now", schema: SavedView } },
      codes: ["VALIDATION_FAILED", "FORBIDDEN", "NOT_FOUND"],
    },
    delete: {
      id: "deleteView",
      summary: "Delete a view",
      description: "One's own; or what others share, for who may do everything.",
      path: idOf("view"),
      answers: { 204: { description: "Forgotten" } },
      codes: ["FORBIDDEN", "NOT_FOUND"],
    },
  }),
};
