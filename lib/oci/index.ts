export { OciAlarms } from "./alarms";
export { useCompartment } from "./compartment";
export { OciKey, type OciKeyProps } from "./key";
export { oci, ociWith, type OciOptions } from "./provider";
