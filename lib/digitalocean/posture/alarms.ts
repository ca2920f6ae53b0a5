import type { PostureReader } from "../../facts/posture";
import { all, block, flag, given, oneOf } from "../../facts/values";

/** An alert on a metric. */
export const readMonitorAlert: PostureReader = ({ address, path, attributes }) => {
  const { email, slack } = block(attributes.alerts);
  const rings = all([given(email) || given(slack), flag(attributes.enabled, true)]);
  return [{ kind: "alarm", address, path, rings, heartbeat: false, silenceRings: false }];
};

/** What rings when nothing answers any more. Source: docs/resources/uptime_alert.md of the Terraform provider 2.71.0, read 2026-11-21. */
const SILENCE = ["down", "down_global"];

/** An alert on an uptime check: a check that gets no answer is a life sign that is missing. */
export const readUptimeAlert: PostureReader = ({ address, path, attributes }) => {
  const { email, slack } = block(attributes.notifications);
  const silence = oneOf(attributes.type, SILENCE, "");
  return [{ kind: "alarm", address, path, rings: given(email) || given(slack), heartbeat: silence, silenceRings: silence }];
};
