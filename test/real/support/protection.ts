import type { Block } from "./terraform-json";

/** Attributes that forbid deletion, with the value that allows it. */
const PROTECTIONS: Readonly<Record<string, Block>> = {
  aws_db_instance: { deletion_protection: false },
  aws_instance: { disable_api_stop: false, disable_api_termination: false },
  aws_lb: { enable_deletion_protection: false },
  aws_s3_bucket: { force_destroy: true },
};

/** Whether a resource says that it must not be destroyed. */
export function isProtected(body: Block): boolean {
  return (body.lifecycle as Block | undefined)?.prevent_destroy === true;
}

/** The resource as its owner would declare it right before deleting it. */
export function withoutProtection(type: string, body: Block): Block {
  const opened = Object.entries(PROTECTIONS[type] ?? {}).filter(([attribute]) => attribute === "force_destroy" || attribute in body);
  const lifecycle = { ...(body.lifecycle as Block | undefined), prevent_destroy: undefined };
  return { ...body, ...Object.fromEntries(opened), lifecycle };
}
