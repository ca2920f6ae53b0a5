import { compress, formatCloudConfig, tryCloudConfig, tryDecompress, type WrittenCloudConfig } from "../../runtime/cloud-init";
import { machineConfig, type MachinePlatform } from "../../runtime/machine";
import { UNIT_FOLDER } from "../../runtime/machine-units";
import { formatCommand, formatUnit, sandbox } from "../../runtime/systemd";
import type { AgentVmSpec } from "../../spec/agent-vm";
import { IntentError } from "../../spec/check";
import { CLOUD_MODULE, TELEMETRY_SCRIPT } from "./instance-principal";

/** Most bytes of an instance's metadata, user data included. Source: oci_core_instance, `extended_metadata`, provider 8.28.0, read 2026-11-21. */
const MAX_METADATA = 32_000;

/** Packages beside those of every machine. */
export const OCI_PACKAGES = ["openssl"] as const;

/** Where the machine's own metrics go; it may write nowhere else. OCI takes no name that begins with `oci_`. */
export const METRICS_NAMESPACE = "governed_agents";

/** Whom people are on the machine when they come through a bastion. */
export const LOGIN_USER = "operator";

/** Where the data volume is found. Source: https://docs.oracle.com/en-us/iaas/Content/Block/References/consistentdevicepaths.htm, read 2026-11-21. */
export const DATA_DEVICE = "/dev/oracleoci/oraclevdb";

/** The metadata of a machine: its first start, and the settings that it looks at again and again. */
export interface MachineMetadata {
  readonly user_data: string;
  readonly settings: string;
}

/**
 * The metadata of a machine; `loginFrom` is the range of addresses in which a bastion stands.
 * @throws IntentError when it is more than OCI takes.
 */
export function machineMetadata(
  path: string,
  spec: AgentVmSpec,
  settings: object,
  loginFrom?: string,
): MachineMetadata & Record<string, string> {
  const firstStart = compress(formatCloudConfig(machineConfig(spec, platform(spec, loginFrom)))).toString("base64");
  const metadata = { user_data: firstStart, settings: JSON.stringify(settings) };
  const bytes = Buffer.byteLength(JSON.stringify(metadata));
  if (bytes > MAX_METADATA) {
    const fix = "use fewer units and variables, or move long values into a file of the bundle";
    const want = `at most ${MAX_METADATA} bytes with user data and settings (OCI limit)`;
    throw new IntentError(path, [{ prop: "units", got: `${bytes} bytes of metadata`, want, fix }]);
  }
  return metadata;
}

/** What `machineMetadata` made of the first start; undefined for other user data. */
export function tryReadUserData(base64: unknown): WrittenCloudConfig | undefined {
  const text = typeof base64 === "string" ? tryDecompress(Buffer.from(base64, "base64")) : undefined;
  return text === undefined ? undefined : tryCloudConfig(text);
}

function platform(spec: AgentVmSpec, loginFrom: string | undefined): MachinePlatform {
  return {
    cloudModule: CLOUD_MODULE,
    packages: OCI_PACKAGES,
    chains: BOOT_NETWORK,
    login: loginFrom === undefined ? undefined : { name: LOGIN_USER, from: loginFrom },
    files: [
      { path: "/usr/local/lib/machine/telemetry.py", content: TELEMETRY_SCRIPT },
      { path: `${UNIT_FOLDER}/machine-telemetry.service`, content: telemetryService(spec.governance.agentId) },
      { path: `${UNIT_FOLDER}/machine-telemetry.timer`, content: TELEMETRY_TIMER },
    ],
    commands: [["systemctl", "enable", "--now", "machine-telemetry.timer"]],
  };
}

/**
 * Boot volumes and other services of OCI are for root only. Source: essential firewall rules,
 * https://docs.oracle.com/en-us/iaas/Content/Compute/References/bestpracticescompute.htm, read 2026-11-21.
 */
const BOOT_NETWORK = `  chain output {
    type filter hook output priority filter; policy accept;
    ip daddr 169.254.0.0/16 ip daddr != 169.254.169.254 meta skuid != 0 reject
  }
`;

function telemetryService(agentId: string): string {
  return formatUnit({
    Unit: [
      ["Description", "Sends heartbeats and disk use as metrics"],
      ["Wants", "network-online.target"],
      ["After", "network-online.target"],
    ],
    Service: [
      ["Type", "oneshot"],
      ["ExecStart", formatCommand(["/usr/bin/python3", "/usr/local/lib/machine/telemetry.py", METRICS_NAMESPACE, agentId])],
      ["TimeoutStartSec", "50"],
      ["RuntimeDirectory", "telemetry"],
      ["RuntimeDirectoryPreserve", "yes"],
      ["UMask", "0077"],
      ...sandbox({ machineIdentity: true }),
    ],
  });
}

const TELEMETRY_TIMER = formatUnit({
  Unit: [["Description", "Sends metrics every minute"]],
  Timer: [
    ["OnActiveSec", "60"],
    ["OnUnitActiveSec", "60"],
    ["AccuracySec", "1s"],
  ],
  Install: [["WantedBy", "timers.target"]],
});
