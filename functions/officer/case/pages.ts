import type { Route } from "../../../shared/http/endpoint.ts";
import type { Desk } from "../desk.ts";
import { fetchAttachment } from "../fetch-attachment.ts";
import { findDuplicates } from "../find-duplicates.ts";
import { removeAttachment } from "../remove-attachment.ts";
import { showCase } from "../show-case.ts";
import { alikePage } from "./alike-page.ts";
import { attachmentsPages } from "./attachments-page.ts";
import { casePage } from "./case-page.ts";
import { filePage } from "./file-page.ts";
import { numberPage } from "./number-page.ts";
import { removeAttachmentPages } from "./remove-attachment-page.ts";

/** A case as officers work on it, its files, and what may be the same. */
export const casePages = (desk: Desk): Route[] => {
  const show = showCase(desk);
  const find = findDuplicates(desk);
  return [
    ...numberPage(desk),
    ...casePage(desk, { show, find }),
    ...alikePage(desk, { show, find }),
    ...attachmentsPages(desk, show),
    ...filePage(desk, fetchAttachment(desk)),
    ...removeAttachmentPages(desk, { show, remove: removeAttachment(desk) }),
  ];
};
