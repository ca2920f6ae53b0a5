import { OciAlarms } from "cdktf-governed-agents/oci";
import { addAlarm } from "../../lib/oci/alarms";
import { COMPARTMENT, ociSynth, resourcesOf } from "./support";

describe("OciAlarms", () => {
  test("all alarms of a stack go to one topic, and addresses subscribe to it", () => {
    const synthesized = ociSynth((stack) => {
      const metric = { namespace: "oci_computeagent", query: "CpuUtilization[1m].mean() > 90", body: "busy" };
      addAlarm(stack, "Cpu", { ...metric, pendingMinutes: 5 });
      addAlarm(stack, "Quiet", { ...metric, enabled: false, severity: "WARNING" });
      OciAlarms.of(stack).addEmail("oncall@acme.dev");
    });
    expect(Object.keys(resourcesOf(synthesized, "oci_ons_notification_topic"))).toHaveLength(1);
    expect(Object.values(resourcesOf(synthesized, "oci_monitoring_alarm"))).toMatchObject([
      {
        compartment_id: COMPARTMENT,
        destinations: ["${oci_ons_notification_topic.GovernedAlarms_8E4172C5.topic_id}"],
        display_name: "test-cpu",
        is_enabled: true,
        pending_duration: "PT5M",
        severity: "CRITICAL",
      },
      { display_name: "test-quiet", is_enabled: false, pending_duration: "PT1M", severity: "WARNING" },
    ]);
    expect(Object.values(resourcesOf(synthesized, "oci_ons_subscription"))).toMatchObject([
      { protocol: "EMAIL", endpoint: "oncall@acme.dev" },
    ]);
  });

  test("fails on what is no address", () => {
    expect(() => ociSynth((stack) => OciAlarms.of(stack).addEmail("nobody"))).toThrowErrorMatchingInlineSnapshot(`
     "test/GovernedAlarms: 1 problem
       - address: got "nobody", want an e-mail address"
    `);
  });
});
