import type { Provider } from "../provider";
import { ociLabels } from "./labels";

/**
 * What the neutral core needs to know of OCI: give it to `govern`.
 * What only promises need is loaded when the first promise asks for it, so that importing a construct stays cheap.
 */
export const oci: Provider = {
  name: "oci",
  labels: ociLabels,
  readers: {},
};
