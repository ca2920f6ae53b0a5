import type { Known, PostureOf } from "./posture";

/** A virtual machine, or the template of one. */
export interface MachinePosture extends PostureOf<"machine"> {
  /** Whether the metadata service asks for a session token. */
  readonly metadataTokens: Known<boolean>;
  /** How many network hops an answer of the metadata service survives. */
  readonly metadataHops: Known<number>;
  readonly disksEncrypted: Known<boolean>;
  readonly publicAddress: Known<boolean>;
  /** Whether it has an identity of the platform. */
  readonly identity: Known<boolean>;
  /** Whether it is watched every minute. */
  readonly monitored: Known<boolean>;
  readonly deletionProtected: Known<boolean>;
  /** Name of what looks like a secret in the data it starts with; empty when there is none. */
  readonly secretsInUserData: Known<readonly string[]>;
  /** Whether the platform makes backups of it by itself; not there where backup plans select machines. */
  readonly backedUp?: Known<boolean>;
  /** Whether a firewall of the same stack protects it; not there where a machine always has one. */
  readonly firewalled?: Known<boolean>;
  /** Whether the network was chosen that it is in; not there where there is no default network to slip into. */
  readonly networkChosen?: Known<boolean>;
  /** Whether it is only a template of machines. */
  readonly template: boolean;
}

/** Machines that are added and removed by need. */
export interface ScalingGroupPosture extends PostureOf<"scaling-group"> {
  readonly zones: Known<number>;
  readonly usesTemplate: Known<boolean>;
  /** Whether load balancers send requests to it. */
  readonly balanced: Known<boolean>;
  /** Whether a machine that fails the balancer's checks is replaced. */
  readonly balancerHealth: Known<boolean>;
}

/** The definition of containers that run together. */
export interface TaskPosture extends PostureOf<"task"> {
  /** Whether what runs in it has an identity that no other definition has. */
  readonly ownIdentity: Known<boolean>;
  /** Whether its identity is another one than that which starts it. */
  readonly identitiesApart: Known<boolean>;
  /** Whether it has a network of its own, apart from the host's. */
  readonly ownNetwork: Known<boolean>;
}

/** One container of a task. */
export interface ContainerPosture extends PostureOf<"container"> {
  readonly name: string;
  readonly privileged: Known<boolean>;
  readonly readOnlyRoot: Known<boolean>;
  /** Whether it runs as a user that is not root. */
  readonly unprivilegedUser: Known<boolean>;
  readonly logged: Known<boolean>;
  /** Whether its image is named by digest. */
  readonly pinned: Known<boolean>;
  /** Names of variables that look like secrets and have a value. */
  readonly secretsInEnvironment: Known<readonly string[]>;
}

/** Tasks that are kept running. */
export interface ServicePosture extends PostureOf<"service"> {
  readonly publicAddress: Known<boolean>;
  /** Whether the platform is kept at its latest version. */
  readonly latestPlatform: Known<boolean>;
  /** Whether a failed deployment is rolled back by itself. */
  readonly rollback: Known<boolean>;
  /** Whether people can open a shell in its containers. */
  readonly shell: Known<boolean>;
}

/** A function that runs on events. */
export interface FunctionPosture extends PostureOf<"function"> {
  /** How many run at once at most; -1 when there is no limit of its own. */
  readonly concurrency: Known<number>;
  /** Whether events that fail are kept. */
  readonly deadLetters: Known<boolean>;
  readonly traced: Known<boolean>;
  /** Whether its variables are encrypted with a customer's key. */
  readonly environmentCustomerKey: Known<boolean>;
  readonly secretsInEnvironment: Known<readonly string[]>;
  readonly codeSigned: Known<boolean>;
  /** Whether its runtime still gets security updates. */
  readonly runtimeSupported: Known<boolean>;
}
