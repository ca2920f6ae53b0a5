import { HTTPS_URL, IDENTITY } from "../labels";
import { type Check, type KeysOf } from "./check";

/** How an agent reports: to whom, under which identity, and how often. */
export interface GovernanceProps {
  /** Where the agent reports: an https URL. */
  readonly endpoint: string;
  /** The agent's own id; no other agent may share it. */
  readonly agentId: string;
  /** The identity under which the agent is governed. */
  readonly governanceId: string;
  /** Reference to the secret with the reporting key, as the provider names its secrets; never the key itself. */
  readonly keySecret: string;
  /**
   * Seconds between heartbeats, 10 to 300.
   * @default 30
   */
  readonly heartbeatSeconds?: number;
  /**
   * Heartbeats that may be missed before the alarm rings, 2 to 20.
   * @default 3
   */
  readonly missedHeartbeats?: number;
}

export interface GovernanceSpec {
  readonly endpoint: string;
  readonly agentId: string;
  readonly governanceId: string;
  readonly keySecret: string;
  readonly heartbeatSeconds: number;
  readonly missedHeartbeats: number;
}

/** What a provider takes as reference to a secret. */
export interface SecretReference {
  readonly pattern: RegExp;
  readonly want: string;
}

const KNOWN = {
  endpoint: true,
  agentId: true,
  governanceId: true,
  keySecret: true,
  heartbeatSeconds: true,
  missedHeartbeats: true,
} satisfies KeysOf<GovernanceProps>;

/** Where agents and reporters find the reporting key at run time. */
export const KEY_FILE = "/run/governance/key";

/** Reads the `governance` prop of an agent; problems are named `governance.<prop>`. */
export function readGovernance<P extends object>(parent: Check<P>, props: GovernanceProps, secret: SecretReference): GovernanceSpec {
  const check = parent.nested<GovernanceProps>("governance", props, KNOWN);
  return {
    endpoint: check.text("endpoint", HTTPS_URL),
    agentId: check.text("agentId", IDENTITY),
    governanceId: check.text("governanceId", IDENTITY),
    keySecret: check.text("keySecret", {
      ...secret,
      tokens: true,
      hide: () => true,
      fix: "store the key as a secret and give its reference",
    }),
    heartbeatSeconds: check.integer("heartbeatSeconds", { min: 10, max: 300, default: 30 }),
    missedHeartbeats: check.integer("missedHeartbeats", { min: 2, max: 20, default: 3 }),
  };
}

/** Seconds without a heartbeat after which the agent counts as silent. */
export function silenceSeconds({ heartbeatSeconds, missedHeartbeats }: GovernanceSpec): number {
  return heartbeatSeconds * missedHeartbeats;
}

/** The contract that every runtime hands to the agent and its reporter; the key is where the platform can put it. */
export function governanceEnvironment(spec: GovernanceSpec, keyFile: string = KEY_FILE): Record<string, string> {
  return {
    GOVERNANCE_ENDPOINT: spec.endpoint,
    GOVERNANCE_ID: spec.governanceId,
    AGENT_ID: spec.agentId,
    GOVERNANCE_KEY_FILE: keyFile,
    GOVERNANCE_HEARTBEAT_SECONDS: String(spec.heartbeatSeconds),
  };
}

/** Names that the governance contract sets itself. */
export const RESERVED_ENVIRONMENT = [
  "GOVERNANCE_ENDPOINT",
  "GOVERNANCE_ID",
  "AGENT_ID",
  "GOVERNANCE_KEY_FILE",
  "GOVERNANCE_HEARTBEAT_SECONDS",
  "GOVERNANCE_KEY",
  "GOVERNANCE_MISSED_HEARTBEATS",
] as const;

/** The props back from the environment that the contract makes, and the reference to the key. */
export function governanceOf(environment: Readonly<Record<string, string>>, keySecret: unknown): GovernanceSpec {
  return {
    endpoint: String(environment.GOVERNANCE_ENDPOINT),
    agentId: String(environment.AGENT_ID),
    governanceId: String(environment.GOVERNANCE_ID),
    keySecret: String(keySecret),
    heartbeatSeconds: Number(environment.GOVERNANCE_HEARTBEAT_SECONDS),
    missedHeartbeats: Number(environment.GOVERNANCE_MISSED_HEARTBEATS),
  };
}

/** The contract for the reporter, which also says how much silence is too much. */
export function reporterEnvironment(spec: GovernanceSpec, keyFile: string = KEY_FILE): Record<string, string> {
  return { ...governanceEnvironment(spec, keyFile), GOVERNANCE_MISSED_HEARTBEATS: String(spec.missedHeartbeats) };
}
