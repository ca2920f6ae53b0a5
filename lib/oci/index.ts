export { OciAlarms } from "./alarms";
export { useCompartment } from "./compartment";
export { OciKey, type OciKeyProps } from "./key";
export { oci } from "./provider";
