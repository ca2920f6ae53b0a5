import { asList, block } from "../../facts/inventory";
import { numberOf } from "../../cost/literal";
import type { PriceRule } from "../../cost/rule";
import { customMetrics, monthly, unknown, unpriced, used } from "./charges";

type Attributes = Readonly<Record<string, unknown>>;

/** An anomaly alarm counts as three metrics. Source: note of the row `alarm-anomaly-high-res` in the price book. */
const ANOMALY_METRICS = 3;

/** Periods below a minute are high resolution. */
const STANDARD_SECONDS = 60;

export const priceLogGroup: PriceRule = ({ attributes }) => {
  if ((attributes.log_group_class ?? "STANDARD") !== "STANDARD") return [unpriced("this class of log is not in the book")];
  return [
    used("log data written", { service: "CloudWatch", sku: "logs-ingest", unit: "GB" }, "logGB"),
    used("log data held", { service: "CloudWatch", sku: "logs-storage", unit: "GB-month" }, "logStoredGB"),
  ];
};

/** One metric; with dimensions from the log there is one for each combination of values. */
export const priceMetricFilter: PriceRule = ({ attributes }) => {
  const dimensions = Object.keys((block(attributes.metric_transformation).dimensions as object | undefined) ?? {});
  const basis = dimensions.length === 0 ? "1 metric" : `1 metric for one value of ${dimensions.join(", ")}`;
  return [customMetrics("metric from a log", 1, basis)];
};

/** An alarm is charged by the metrics that it looks at. */
export const priceAlarm: PriceRule = ({ attributes }) => {
  const queries = asList(attributes.metric_query) as Attributes[];
  const looked = queries.map((query) => block(query.metric)).filter((metric) => metric.metric_name !== undefined);
  if (queries.length > 0 && looked.length === 0) return [unknown("the number of metrics that the query finds is known only at run time")];
  const periods = [attributes.period, ...looked.map((metric) => metric.period)].map((period) => numberOf(period) ?? STANDARD_SECONDS);
  const fast = periods.some((period) => period !== "unknown" && period < STANDARD_SECONDS);
  const anomaly = attributes.threshold_metric_id !== undefined;
  const metrics = Math.max(1, looked.length) * (anomaly ? ANOMALY_METRICS : 1);
  const price = { service: "CloudWatch", sku: fast ? "alarm-high-res" : "alarm-standard", unit: "alarm-metric-month" };
  return [monthly("alarm", price, metrics, metrics === 1 ? "1 metric" : `${metrics} metrics`)];
};

export const priceCompositeAlarm: PriceRule = () => [
  monthly("composite alarm", { service: "CloudWatch", sku: "alarm-composite", unit: "alarm-month" }, 1, "1 alarm"),
];

export const priceDashboard: PriceRule = () => [
  monthly("dashboard", { service: "CloudWatch", sku: "dashboard", unit: "dashboard-month" }, 1, "1 dashboard"),
];

export const priceTopic: PriceRule = () => [
  used("messages to the topic", { service: "SNS", sku: "requests-over-1M", unit: "million requests" }, "messageMillions"),
];

export const priceQueue: PriceRule = ({ attributes }) =>
  attributes.fifo_queue === true
    ? [unpriced("FIFO queues are not in the book")]
    : [used("messages to the queue", { service: "SQS", sku: "standard-requests", unit: "million requests" }, "messageMillions")];
