export { factsOf } from "./facts-of";
export { snapshot } from "./snapshot";
export { synth, synthApp, type Synthesized } from "./synth";
