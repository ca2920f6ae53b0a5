import { compress, formatCloudConfig, tryCloudConfig, tryDecompress, type WrittenCloudConfig } from "../../runtime/cloud-init";
import { machineConfig, type MachinePlatform, type MachineSettings } from "../../runtime/machine";
import { DATA_FOLDER, LOG_FOLDER } from "../../runtime/machine-units";
import type { AgentVmSpec } from "../../spec/agent-vm";
import { IntentError } from "../../spec/check";

/** Most bytes of user data before it is encoded. Source: Amazon EC2 user guide, run commands at launch, read 2026-11-21. */
const MAX_USER_DATA = 16_384;

/** Most bytes of an advanced parameter; beyond 4,096 it costs .05 USD a month. Source: Systems Manager quotas, read 2026-11-21. */
const MAX_PARAMETER = 8_192;

/** Packages beside those of every machine. */
export const AWS_PACKAGES = ["curl", "gnupg", "python3-boto3"] as const;

/** Where the machine's own metrics go; its role may write nowhere else. */
export const METRICS_NAMESPACE = "GovernedAgents";

/** What a machine at AWS has to know at its first start: names, because nothing that is known only after apply can be in it. */
export interface AwsMachineNames {
  /** The parameter with the settings. */
  readonly settings: string;
  readonly logGroup: string;
}

/**
 * The user data of a machine, in gzip and base64.
 * @throws IntentError when it is more than EC2 takes.
 */
export function userData(path: string, spec: AgentVmSpec, names: AwsMachineNames): string {
  const compressed = compress(formatCloudConfig(machineConfig(spec, platform(spec, names))));
  if (compressed.length > MAX_USER_DATA) {
    const got = `${compressed.length} bytes of user data`;
    const fix = "use fewer units, or move long commands into a script of the bundle";
    throw new IntentError(path, [{ prop: "units", got, want: `at most ${MAX_USER_DATA} bytes in gzip (Amazon EC2 limit)`, fix }]);
  }
  return compressed.toString("base64");
}

/** What `userData` made; undefined for other user data. */
export function tryReadUserData(base64: unknown): WrittenCloudConfig | undefined {
  const text = typeof base64 === "string" ? tryDecompress(Buffer.from(base64, "base64")) : undefined;
  return text === undefined ? undefined : tryCloudConfig(text);
}

/**
 * The settings as value of a parameter.
 * @throws IntentError when they are more than Systems Manager takes.
 */
export function settingsValue(path: string, settings: MachineSettings): string {
  const value = JSON.stringify(settings);
  const bytes = Buffer.byteLength(value);
  if (bytes > MAX_PARAMETER) {
    const fix = "move long values into a file of the bundle, or into a secret";
    const want = `at most ${MAX_PARAMETER} bytes with environment and secrets of all units (Systems Manager limit)`;
    throw new IntentError(path, [{ prop: "environment", got: `${bytes} bytes of settings`, want, fix }]);
  }
  return value;
}

function platform(spec: AgentVmSpec, names: AwsMachineNames): MachinePlatform {
  return {
    cloudModule: cloudModule(names.settings),
    packages: AWS_PACKAGES,
    files: [
      { path: "/etc/machine/telemetry.json", content: JSON.stringify(telemetry(spec, names.logGroup)) },
      { path: "/usr/local/lib/machine/install-telemetry", content: INSTALL_TELEMETRY, mode: "0755" },
    ],
    commands: [["/usr/local/lib/machine/install-telemetry"]],
  };
}

/** Configuration of the CloudWatch agent. Source: CloudWatch agent configuration file reference, read 2026-11-21. */
function telemetry(spec: AgentVmSpec, logGroup: string) {
  const logs = [...Object.keys(spec.units).map((name) => `agent-${name}`), "governance-reporter"];
  return {
    agent: { metrics_collection_interval: 60 },
    logs: {
      logs_collected: {
        files: {
          collect_list: logs.map((name) => ({
            file_path: `${LOG_FOLDER}/${name}.log`,
            log_group_name: logGroup,
            log_stream_name: `{instance_id}/${name}`,
          })),
        },
      },
      force_flush_interval: 15,
    },
    metrics: {
      namespace: METRICS_NAMESPACE,
      append_dimensions: { InstanceId: "${aws:InstanceId}" },
      metrics_collected: {
        mem: { measurement: ["used_percent"] },
        disk: { measurement: ["used_percent"], resources: ["/", DATA_FOLDER], drop_device: true },
      },
    },
  };
}

/** Key of the CloudWatch agent's packages. Source: CloudWatch user guide, verifying the signature of the agent, read 2026-11-21. */
const SIGNING_KEY = "937616F3450B7D806CBD9725D58167303B789C72";

const INSTALL_TELEMETRY = `#!/bin/sh
# Installs the CloudWatch agent when its maker has signed it, and starts it.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
package="ubuntu/$(dpkg --print-architecture)/latest/amazon-cloudwatch-agent.deb"
fetch() {
  curl --fail --silent --show-error --proto =https --retry 10 --retry-all-errors --output "$2" \\
    "https://amazoncloudwatch-agent.s3.amazonaws.com/$1"
}
fetch assets/amazon-cloudwatch-agent.gpg key
fetch "$package" agent.deb
fetch "$package.sig" agent.sig
export GNUPGHOME="$folder"
gpg --batch --quiet --import key
gpg --batch --status-fd 1 --verify agent.sig agent.deb | grep -q 'VALIDSIG .*${SIGNING_KEY}$'
dpkg --install agent.deb
/opt/aws/amazon-cloudwatch-agent/bin/amazon-cloudwatch-agent-ctl -a fetch-config -m ec2 -s -c file:/etc/machine/telemetry.json
`;

function cloudModule(settings: string): string {
  return `"""What machine.py needs of AWS; the distribution's boto3 signs with the role of the instance."""
import json
import shutil
import urllib.request

import boto3

SETTINGS = "${settings}"
METADATA = "http://169.254.169.254/latest/"


def ask(path, method="GET", **headers):
    request = urllib.request.Request(METADATA + path, method=method)
    for name, value in headers.items():
        request.add_header("X-aws-ec2-metadata-" + name.replace("_", "-"), value)
    with urllib.request.urlopen(request, timeout=5) as answer:
        return answer.read().decode()


def client(service):
    token = ask("api/token", "PUT", token_ttl_seconds="60")
    return boto3.client(service, region_name=ask("meta-data/placement/region", token=token))


def settings():
    return json.loads(client("ssm").get_parameter(Name=SETTINGS, WithDecryption=True)["Parameter"]["Value"])


def secret(reference):
    parts = [*reference.split(":"), "", "", ""]
    if parts[2] == "ssm":
        found = client("ssm").get_parameters(Names=[reference], WithDecryption=True)["Parameters"]
        if not found:
            raise KeyError("no such parameter: " + reference)
        return found[0]["Value"]
    version = {name: part for name, part in (("VersionStage", parts[8]), ("VersionId", parts[9])) if part}
    value = client("secretsmanager").get_secret_value(SecretId=":".join(parts[:7]), **version)["SecretString"]
    return json.loads(value)[parts[7]] if parts[7] else value


def device(volume):
    return "/dev/disk/by-id/nvme-Amazon_Elastic_Block_Store_" + volume.replace("-", "")


def download(url, path):
    if url.startswith("s3://"):
        bucket, _, key = url[5:].partition("/")
        client("s3").download_file(bucket, key, path)
        return
    with urllib.request.urlopen(url, timeout=60) as source, open(path, "wb") as target:
        shutil.copyfileobj(source, target)
`;
}
