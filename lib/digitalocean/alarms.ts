import { MonitorAlert, type MonitorAlertConfig } from "@cdktf/provider-digitalocean/lib/monitor-alert";
import { Lazy, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { once } from "../once";
import { Check, Hidden, isToken } from "../spec/check";
import { checkEmail } from "../spec/email";

/** A channel of Slack that alarms are written to. */
export interface SlackTarget {
  readonly channel: string;
  /** The channel's webhook: whoever has it may write there, so it is a sensitive variable and no literal. It is in the state. */
  readonly url: string;
}

/**
 * Where the alarms of a stack go: addresses and Slack channels, which DigitalOcean keeps with every single alert.
 *
 * Creates nothing itself and costs nothing. The constructs of a stack that watch something need at least one target, because
 * DigitalOcean takes no alert without one; synth says so.
 * Not covered: addresses that are not verified in the DigitalOcean account, which its API refuses
 * (https://docs.digitalocean.com/reference/api/digitalocean/#tag/Monitoring, read 2026-11-21); who is on call; paging services.
 */
export class DigitalOceanAlarms extends Construct {
  /** The targets that all constructs of a stack share. */
  static of(scope: Construct): DigitalOceanAlarms {
    const stack = TerraformStack.of(scope);
    return once(stack, "GovernedAlarms", (id) => new DigitalOceanAlarms(stack, id));
  }

  private readonly emailTargets: string[] = [];
  private readonly slackTargets: SlackTarget[] = [];
  private watched: string | undefined;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.node.addValidation({ validate: () => this.missing() });
  }

  /**
   * Sends alarms to an address that is verified in the DigitalOcean account.
   * @throws IntentError when it is not an e-mail address.
   */
  addEmail(address: string): void {
    checkEmail(this.node.path, address);
    if (!this.emailTargets.includes(address)) this.emailTargets.push(address);
  }

  /**
   * Writes alarms to a channel of Slack.
   * @throws IntentError when the channel is empty, or the webhook is a literal.
   */
  addSlack(target: SlackTarget): void {
    const check = new Check<SlackTarget>(this.node.path, target, { channel: true, url: true });
    check.text("channel", { want: "the name of a channel", pattern: /\S/, tokens: true });
    if (typeof target?.url !== "string" || !isToken(target.url)) {
      const got = typeof target?.url === "string" ? new Hidden("a literal (hidden, because it may be a secret)") : target?.url;
      check.issue("url", got, "the webhook as sensitive variable", 'use new TerraformVariable(stack, "SlackWebhook", { sensitive: true })');
    }
    check.done(undefined);
    this.slackTargets.push({ channel: target.channel, url: target.url });
  }

  /** The addresses as one value, with those that are added later. */
  get emails(): string[] {
    return Lazy.listValue({ produce: () => [...this.emailTargets] }, { omitEmpty: true });
  }

  /** The Slack channels as one value, with those that are added later. */
  get slack() {
    return Lazy.anyValue({ produce: () => this.slackTargets.map((target) => ({ ...target })) }, { omitEmptyArray: true });
  }

  /** Says that something relies on being heard. */
  need(path: string): void {
    this.watched ??= path;
  }

  private missing(): string[] {
    if (this.watched === undefined || this.emailTargets.length + this.slackTargets.length > 0) return [];
    const fix = 'call DigitalOceanAlarms.of(stack).addEmail("oncall@example.com")';
    return [`${this.node.path}: nobody hears the alarms of ${this.watched}: DigitalOcean takes no alert without a target; ${fix}`];
  }
}

/** What an alert watches; it reports to the stack's targets. */
export type AlertConfig = Omit<MonitorAlertConfig, "alerts" | "description" | "window"> & {
  /** What it means when it rings, for the person who is woken up. */
  readonly description: string;
  readonly window: "5m" | "10m" | "30m" | "1h";
};

/** An alert that reports to the stack's targets. */
export function addAlert(scope: Construct, id: string, config: AlertConfig): MonitorAlert {
  const alarms = DigitalOceanAlarms.of(scope);
  alarms.need(scope.node.path);
  return new MonitorAlert(scope, id, { ...config, alerts: { email: alarms.emails, slack: alarms.slack } });
}
