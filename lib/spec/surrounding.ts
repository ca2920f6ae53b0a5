import { Construct } from "constructs";
import type { AgentServicePlace } from "./agent-service";
import { Hidden, isToken, type Check } from "./check";
import type { NetworkSpec } from "./network";
import type { IPostgres } from "./postgres";

/** Refuses a prop that is no construct of the right kind; what was given instead is not printed. */
export function refuseOther<P extends object>(check: Check<P>, prop: keyof P & string, got: unknown, want: string): void {
  check.issue(prop, got === undefined || got === null ? undefined : new Hidden("something else"), want);
}

/** How a spec names a database: by its construct path, or by its host name when it is managed elsewhere. */
export function databaseOf(database: IPostgres | undefined): string | undefined {
  if (database === undefined) return undefined;
  return isToken(database.endpoint) && Construct.isConstruct(database) ? database.node.path : database.endpoint;
}

interface Surrounding {
  readonly network?: Pick<NetworkSpec, "egress">;
  readonly balancer?: unknown;
  readonly database?: IPostgres;
}

/** What surrounds a service; harmless stand-ins where a prop is missing, which is reported elsewhere. */
export function placeOf(props: Surrounding | undefined, innerRegistry: AgentServicePlace["innerRegistry"]): AgentServicePlace {
  const egress = props?.network?.egress;
  return {
    internet: egress !== "none",
    publicIp: egress === "public-ip",
    innerRegistry,
    balanced: props?.balancer !== undefined,
    database: databaseOf(props?.database),
  };
}
