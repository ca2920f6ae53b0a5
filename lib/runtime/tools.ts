import type { AgentTool } from "../spec/agent-vm";
import type { Architecture } from "../spec/architecture";

/** Software as the machine installs it. */
export interface Software {
  readonly url: string;
  readonly sha256: string;
  readonly stripComponents: number;
  /** Where it is reached, beside the folder with its digest. */
  readonly path: string;
  /** Commands that are linked into `/usr/bin`, and the files they lead to. */
  readonly commands: Readonly<Record<string, string>>;
}

type Pinned = Omit<Software, "path">;

const NODE = { stripComponents: 1, commands: { node: "bin/node", npm: "bin/npm", npx: "bin/npx" } };
const PYTHON = { stripComponents: 1, commands: { "python3.13": "bin/python3.13" } };
const CLAUDE_CODE = { stripComponents: 1, commands: { claude: "claude" } };

const NODE_URL = "https://nodejs.org/dist/v24.18.0/node-v24.18.0-linux";
const PYTHON_URL = "https://github.com/astral-sh/python-build-standalone/releases/download/20260728/cpython-3.13.14%2B20260728";
const CLAUDE_CODE_VERSION = "2.1.329";

/**
 * Versions and digests of the tools. Node 24.18.0 and CPython 3.13.14 (python-build-standalone 20260728): digests as several public
 * projects pin them, compared 2026-11-21. Claude Code 2.1.329: digest of the package as npm delivered and verified it, 2026-11-21.
 */
const PINNED = {
  node: {
    arm64: { ...NODE, url: `${NODE_URL}-arm64.tar.xz`, sha256: "58c9520501f6ae2b52d5b210444e24b9d0c029a58c5011b797bc1fe7105886f6" },
    amd64: { ...NODE, url: `${NODE_URL}-x64.tar.xz`, sha256: "55aa7153f9d88f28d765fcdad5ae6945b5c0f98a36881703817e4c450fa76742" },
  },
  python: {
    arm64: {
      ...PYTHON,
      url: `${PYTHON_URL}-aarch64-unknown-linux-gnu-install_only_stripped.tar.gz`,
      sha256: "1eaf979af6c6986553b91a9e3b03647f63ce52a888e00892d3bddc96f43748e9",
    },
    amd64: {
      ...PYTHON,
      url: `${PYTHON_URL}-x86_64-unknown-linux-gnu-install_only_stripped.tar.gz`,
      sha256: "6734c3e643c75e860c36ee3a7904e8e6bafbf3232d89b17ffd5fbfa72ab2816c",
    },
  },
  "claude-code": {
    arm64: {
      ...CLAUDE_CODE,
      url: `npm:@anthropic-ai/claude-code-linux-arm64@${CLAUDE_CODE_VERSION}`,
      sha256: "144f8c33cebc8830d8dc82c275a8172ac0330000a71df562d8a8d09795bcdc8e",
    },
    amd64: {
      ...CLAUDE_CODE,
      url: `npm:@anthropic-ai/claude-code-linux-x64@${CLAUDE_CODE_VERSION}`,
      sha256: "a74d6c8441a19b2d2f44c1f5735b37dc0a34b2d4f224f8333d08ce03cf2060bb",
    },
  },
} satisfies Record<AgentTool, Record<Architecture, Pinned>>;

/** A tool as the machine installs it. */
export function toolSoftware(tool: AgentTool, architecture: Architecture): Software {
  return { ...PINNED[tool][architecture], path: `/opt/${tool}` };
}
