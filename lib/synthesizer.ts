import { join } from "node:path";
import { TerraformStack } from "cdktf";
import type { ISynthesisSession, IStackSynthesizer } from "cdktf";
import type { TerraformJson } from "./facts/inventory";
import { tryPrepare } from "./synth/prepare";
import { tryRender } from "./synth/render";

/** A stack together with the Terraform JSON that is about to be written for it. */
export interface RenderedStack {
  readonly stack: TerraformStack;
  /** The final JSON; also present when the engine writes HCL. Read it only: the engine writes this very object. */
  readonly json: TerraformJson;
  /** Folder of the stack's Terraform files. It exists, and nothing of this run is in it yet except assets. */
  readonly outputDirectory: string;
}

/**
 * Looks at a stack's final JSON.
 * What it throws stops the synth before the stack's Terraform is written.
 */
export type RenderedCallback = (rendered: RenderedStack) => void;

/**
 * The Terraform JSON of a stack in a fraction of the engine's time.
 * Equal to `stack.toTerraform()` but for the order of keys, which the engine sorts when it writes.
 *
 * The engine itself renders the stack where equality cannot be promised: when the stack has a `toTerraform` of its own, when a value is a
 * date, is nested deeper than 150 levels or is an object that meets null or a list at the same address, when an override of the stack
 * touches its metadata, and when anything throws.
 */
export function renderStack(stack: TerraformStack): TerraformJson {
  let engine: Renderer = stack.toTerraform;
  for (let original = lent.get(engine); original !== undefined; original = lent.get(engine)) engine = original;
  return renderWith(engine, stack);
}

/**
 * Calls back once in every synth of the stack: after aspects and validations, when the JSON is built and before it is written.
 * Any number of callbacks share one rendering; they run in the order in which they were added.
 */
export function onRendered(stack: TerraformStack, callback: RenderedCallback): void {
  const present = stack.synthesizer;
  if (present instanceof OncePerStackSynthesizer) return present.add(callback);
  const synthesizer = new OncePerStackSynthesizer(stack, present);
  synthesizer.add(callback);
  stack.synthesizer = synthesizer;
  if (stack.prepareStack === TerraformStack.prototype.prepareStack) stack.prepareStack = () => prepare(stack);
}

function prepare(stack: TerraformStack): void {
  if (!tryPrepare(stack)) TerraformStack.prototype.prepareStack.call(stack);
}

type Renderer = TerraformStack["toTerraform"];

/** What our stand-ins for `toTerraform` stand in for. */
const lent = new WeakMap<Renderer, Renderer>();

function renderWith(engine: Renderer, stack: TerraformStack): TerraformJson {
  const json = engine === TerraformStack.prototype.toTerraform ? tryRender(stack) : undefined;
  return json ?? (engine.call(stack) as TerraformJson);
}

/**
 * Leaves aspects, validations, assets, annotations and writing to the synthesizer that was there before,
 * and lends the stack a `toTerraform` that renders once and tells the callbacks.
 */
class OncePerStackSynthesizer implements IStackSynthesizer {
  private readonly callbacks: RenderedCallback[] = [];

  constructor(
    private readonly stack: TerraformStack,
    private readonly inner: IStackSynthesizer,
  ) {}

  public add(callback: RenderedCallback): void {
    this.callbacks.push(callback);
  }

  public synthesize(session: ISynthesisSession): void {
    const { toTerraform, toHclTerraform } = this.stack;
    let validated = false;
    let told = false;
    const render = (): TerraformJson => {
      const json = renderWith(toTerraform, this.stack);
      if (validated && !told) this.tell(json, session);
      told ||= validated;
      return json;
    };
    const renderHcl: TerraformStack["toHclTerraform"] = () => {
      render();
      return toHclTerraform.call(this.stack);
    };
    lent.set(render, toTerraform);
    const restore = lend(this.stack, { toTerraform: render, toHclTerraform: renderHcl });
    try {
      // Validations may render the stack too. The engine reads the manifest right after them.
      this.inner.synthesize(watchManifest(session, () => (validated = true)));
      validated = true;
      if (!told) render();
    } finally {
      restore();
    }
  }

  private tell(json: TerraformJson, session: ISynthesisSession): void {
    const outputDirectory = join(session.outdir, session.manifest.forStack(this.stack).workingDirectory);
    for (const callback of this.callbacks) callback({ stack: this.stack, json, outputDirectory });
  }
}

/** Gives an object own methods for a while; the returned function takes them back. */
function lend<T extends object>(target: T, methods: Partial<T>): () => void {
  const before = Object.getOwnPropertyDescriptors(target);
  Object.assign(target, methods);
  return () => {
    for (const name of Object.keys(methods) as (keyof T)[]) {
      const descriptor = (before as Partial<Record<keyof T, PropertyDescriptor>>)[name];
      if (descriptor) Object.defineProperty(target, name, descriptor);
      else delete target[name];
    }
  };
}

/** The same session, which says when its manifest is read. */
function watchManifest(session: ISynthesisSession, onRead: () => void): ISynthesisSession {
  const get = (): ISynthesisSession["manifest"] => {
    onRead();
    return session.manifest;
  };
  return Object.create(session, { manifest: { get, enumerable: true } }) as ISynthesisSession;
}
