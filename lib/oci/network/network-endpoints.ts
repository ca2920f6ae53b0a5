import type { Construct } from "constructs";
import { CoreServiceGateway } from "../bindings/core-service-gateway";
import { DataOciCoreServices } from "../bindings/data-oci-core-services";
import { compartmentOf } from "../compartment";

/** Services of OCI in a region, as one destination. Both values are in the output of `oci network service list`. */
export interface OracleServices {
  /** OCID of the service "All ... Services In Oracle Services Network". */
  readonly serviceId: string;
  /** Its label, such as `all-iad-services-in-oracle-services-network`. */
  readonly cidrLabel: string;
}

/** What `network.oracleServices` looks up when it is not given. */
const ALL_SERVICES = { name: "name", values: ["All .* Services In Oracle Services Network"], regex: true };

/** The services that were given, or those that OCI lists for the region when Terraform plans. */
export function oracleServicesOf(scope: Construct, given: OracleServices | undefined): OracleServices {
  if (given !== undefined) return given;
  const found = new DataOciCoreServices(scope, "OracleServices", { filter: [ALL_SERVICES] }).services.get(0);
  return { serviceId: found.id, cidrLabel: found.cidrBlock };
}

interface ServiceGatewayConfig {
  readonly vcnId: string;
  readonly name: string;
  readonly serviceId: string;
}

/** The way to services of OCI that does not lead over the internet; at no cost. */
export function addServiceGateway(scope: Construct, config: ServiceGatewayConfig): CoreServiceGateway {
  return new CoreServiceGateway(scope, "ServiceGateway", {
    compartmentId: compartmentOf(scope),
    vcnId: config.vcnId,
    displayName: config.name,
    services: [{ serviceId: config.serviceId }],
  });
}
