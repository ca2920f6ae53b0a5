import { DigitaloceanProvider } from "@cdktf/provider-digitalocean/lib/provider";
import { TerraformVariable, type TerraformStack } from "cdktf";
import { DigitalOceanAlarms } from "cdktf-governed-agents/digitalocean";
import { synth } from "cdktf-governed-agents/testing";
import { addAlert } from "../../lib/digitalocean/alarms";
import { doSynth, resourcesOf } from "./support";

const watch = (stack: TerraformStack) =>
  addAlert(stack, "Cpu", {
    type: "v1/insights/droplet/cpu",
    compare: "GreaterThan",
    value: 90,
    window: "5m",
    entities: ["1"],
    description: "busy",
  });

describe("DigitalOceanAlarms", () => {
  test("an alert goes to every target, also to those that are added later", () => {
    const synthesized = doSynth((stack) => {
      watch(stack);
      const alarms = DigitalOceanAlarms.of(stack);
      alarms.addEmail("second@acme.dev");
      alarms.addEmail("second@acme.dev");
      alarms.addSlack({ channel: "on-call", url: new TerraformVariable(stack, "Webhook", { sensitive: true }).stringValue });
    });
    expect(Object.values(resourcesOf(synthesized, "digitalocean_monitor_alert"))).toMatchObject([
      { alerts: { email: ["oncall@acme.dev", "second@acme.dev"], slack: [{ channel: "on-call", url: "${var.Webhook}" }] } },
    ]);
  });

  test("fails when nobody hears it", () => {
    const build = () =>
      synth((stack) => {
        new DigitaloceanProvider(stack, "digitalocean", {});
        watch(stack);
      });
    expect(build).toThrow(/test\/GovernedAlarms: nobody hears the alarms of test: DigitalOcean takes no alert without a target/);
  });

  test("fails on what is no address, and on a webhook in plain text", () => {
    expect(() => doSynth((stack) => DigitalOceanAlarms.of(stack).addEmail("nobody"))).toThrowErrorMatchingInlineSnapshot(`
     "test/GovernedAlarms: 1 problem
       - address: got "nobody", want an e-mail address"
    `);
    const slack = { channel: " ", url: "https://hooks.slack.com/services/T0/B0/x" };
    expect(() => doSynth((stack) => DigitalOceanAlarms.of(stack).addSlack(slack))).toThrowErrorMatchingInlineSnapshot(`
     "test/GovernedAlarms: 2 problems
       - channel: got " ", want the name of a channel
       - url: got a literal (hidden, because it may be a secret), want the webhook as sensitive variable; use new TerraformVariable(stack, "SlackWebhook", { sensitive: true })"
    `);
  });
});
