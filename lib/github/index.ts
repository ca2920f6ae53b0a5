export { github } from "./provider";
