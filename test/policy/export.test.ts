import type { Provider } from "cdktf-governed-agents";
import { parse } from "yaml";
import { checkovBaseline, checkovSkips, trivyIgnore, type Finding, type FindingStatus } from "../../lib/policy";

const provider = {
  name: "acme",
  posture: {
    readers: {},
    references: {
      "volume-backed-up": { checkov: ["CKV_1"], trivy: ["ACME-0001"] },
      "container-logged": { checkov: ["CKV_2"], trivy: ["ACME-0002"] },
      "bucket-versioned": { checkov: ["CKV_1", "CKV_3"] },
    },
  },
} as unknown as Provider;

const finding = (ruleId: string, status: FindingStatus, address: string, expires?: string): Finding => ({
  ruleId,
  severity: "low",
  status,
  address,
  path: `prod/${address}`,
  observed: "nothing",
  expected: "something",
  fix: "repair it",
  ...(status === "acknowledged"
    ? { acknowledgement: { scope: "prod", reason: `of ${ruleId}:\nfine here`, ...(expires ? { expires } : {}) } }
    : {}),
});

const findings = [
  finding("volume-backed-up", "acknowledged", "acme_volume.B", "2027-05-01"),
  finding("volume-backed-up", "acknowledged", "acme_volume.A", "2027-01-31"),
  finding("container-logged", "acknowledged", "acme_task.T container agent"),
  finding("container-logged", "fail", "acme_task.U container agent"),
  finding("bucket-versioned", "unknown", "acme_bucket.B"),
  finding("task-own-network", "acknowledged", "acme_task.T"),
];

describe("exports to scanners", () => {
  test("Checkov skips what is acknowledged everywhere, and says what it does not skip", () => {
    expect(checkovSkips(findings, [provider])).toMatchInlineSnapshot(`
     "# CKV_1: volume-backed-up: of volume-backed-up: fine here
     # CKV_2 is not skipped: 1 of 2 places are not acknowledged
     skip-check:
       - CKV_1
     "
    `);
    expect(parse(checkovSkips(findings, [provider]))).toEqual({ "skip-check": ["CKV_1"] });
  });

  test("a Checkov baseline names the resources one by one", () => {
    expect(checkovBaseline(findings, [provider])).toMatchInlineSnapshot(`
     "{
       "failed_checks": [
         {
           "file": "/cdk.tf.json",
           "findings": [
             {
               "resource": "acme_task.T",
               "check_ids": [
                 "CKV_2"
               ]
             },
             {
               "resource": "acme_volume.A",
               "check_ids": [
                 "CKV_1"
               ]
             },
             {
               "resource": "acme_volume.B",
               "check_ids": [
                 "CKV_1"
               ]
             },
             {
               "resource": "resource.A",
               "check_ids": [
                 "CKV_1"
               ]
             },
             {
               "resource": "resource.B",
               "check_ids": [
                 "CKV_1"
               ]
             },
             {
               "resource": "resource.T",
               "check_ids": [
                 "CKV_2"
               ]
             }
           ]
         }
       ]
     }
     "
    `);
  });

  test("Trivy is told why, and until the first day on which one of them ends", () => {
    expect(trivyIgnore(findings, [provider])).toMatchInlineSnapshot(`
     "# ACME-0002 is not skipped: 1 of 2 places are not acknowledged
     misconfigurations:
       - id: ACME-0001
         statement: "volume-backed-up: of volume-backed-up: fine here"
         expired_at: 2027-01-31
     "
    `);
  });

  test("nothing acknowledged is nothing skipped", () => {
    expect(parse(checkovSkips([], [provider]))).toEqual({ "skip-check": [] });
    expect(JSON.parse(checkovBaseline([], [provider]))).toEqual({ failed_checks: [] });
    expect(parse(trivyIgnore([], []))).toEqual({ misconfigurations: [] });
  });
});
