import type { Provider } from "../provider";
import { awsLabels } from "./labels";
import { readFirewall, readNetwork } from "./read-network";

/** What the neutral core needs to know of AWS: give it to `govern`. */
export const aws: Provider = {
  name: "aws",
  labels: awsLabels,
  readers: {
    aws_vpc: readNetwork,
    aws_security_group: readFirewall,
  },
};
