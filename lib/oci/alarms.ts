import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { physicalName } from "../names";
import { once } from "../once";
import { checkEmail } from "../spec/email";
import { MonitoringAlarm, type MonitoringAlarmConfig } from "./bindings/monitoring-alarm";
import { OnsNotificationTopic } from "./bindings/ons-notification-topic";
import { OnsSubscription } from "./bindings/ons-subscription";
import { compartmentOf } from "./compartment";

/** Longest names. Sources: Notifications and Monitoring API references, CreateTopicDetails and CreateAlarmDetails, read 2026-11-21. */
const MAX_TOPIC = 256;
const MAX_ALARM = 255;

/**
 * Where the alarms of a stack go: one topic that people and tools subscribe to.
 *
 * Creates `oci_ons_notification_topic`, encrypted by OCI: topics take no key of one's own. Cost: nothing until it is used, then the
 * first 1,000 e-mails of a month are free and 1,000 more are .02 USD (2026-07).
 * Not covered: who is on call; add addresses with `addEmail`, or subscribe a paging service to `topic`.
 */
export class OciAlarms extends Construct {
  /** The topic that all constructs of a stack share. */
  static of(scope: Construct): OciAlarms {
    const stack = TerraformStack.of(scope);
    return once(stack, "GovernedAlarms", (id) => new OciAlarms(stack, id));
  }

  /** The underlying topic. */
  readonly topic: OnsNotificationTopic;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.topic = new OnsNotificationTopic(this, "Resource", {
      compartmentId: compartmentOf(this),
      name: physicalName(this, { kind: "notification topic", maxLength: MAX_TOPIC }),
      description: `Alarms of ${TerraformStack.of(this).node.path}`,
    });
  }

  /**
   * Sends alarms to an address; the owner of the address has to confirm once.
   * @throws IntentError when it is not an e-mail address.
   */
  addEmail(address: string): void {
    checkEmail(this.node.path, address);
    new OnsSubscription(this, `Email-${address}`, {
      compartmentId: compartmentOf(this),
      topicId: this.topic.topicId,
      protocol: "EMAIL",
      endpoint: address,
    });
  }
}

/** What an alarm watches; it reports to the stack's topic both when it rings and when it is over. */
export type AlarmConfig = Pick<MonitoringAlarmConfig, "namespace" | "query"> & {
  /** What it means when it rings, for the person who is woken up. */
  readonly body: string;
  /** @default "CRITICAL" */
  readonly severity?: "CRITICAL" | "ERROR" | "WARNING" | "INFO";
  /**
   * Minutes for which the condition has to hold, 1 to 60.
   * @default 1
   */
  readonly pendingMinutes?: number;
  /** @default true */
  readonly enabled?: boolean;
};

/** An alarm on metrics of the scope's compartment that reports to the stack's topic, once a day again while it rings. */
export function addAlarm(scope: Construct, id: string, config: AlarmConfig): MonitoringAlarm {
  const { body, enabled = true, namespace, pendingMinutes = 1, query, severity = "CRITICAL" } = config;
  const compartmentId = compartmentOf(scope);
  return new MonitoringAlarm(scope, id, {
    compartmentId,
    metricCompartmentId: compartmentId,
    displayName: physicalName(scope, { kind: "alarm", maxLength: MAX_ALARM, suffix: id }),
    body,
    destinations: [OciAlarms.of(scope).topic.topicId],
    isEnabled: enabled,
    messageFormat: "ONS_OPTIMIZED",
    namespace,
    pendingDuration: `PT${pendingMinutes}M`,
    query,
    repeatNotificationDuration: "PT24H",
    severity,
  });
}
