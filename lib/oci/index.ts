export { useCompartment } from "./compartment";
export { oci } from "./provider";
