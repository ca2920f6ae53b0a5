import { join } from "node:path";
import { TerraformStack } from "cdktf";
import type { ISynthesisSession, IStackSynthesizer, StackManifest } from "cdktf";
import type { TerraformJson } from "../facts/inventory";
import { isEngineSynthesizer, isKnownEngine } from "./engine";
import { lend } from "./lend";
import { tryRender } from "./render";
import { writeSorted } from "./write";

/** A stack together with the Terraform JSON that is about to be written for it. */
export interface RenderedStack {
  readonly stack: TerraformStack;
  /** The final JSON; also present when the engine writes HCL. Read it only: this very object is written. */
  readonly json: TerraformJson;
  /** Folder of the stack's Terraform files. It exists, and nothing of this run is in it yet except assets. */
  readonly outputDirectory: string;
}

/**
 * Looks at a stack's final JSON.
 * What it throws stops the synth before the stack's Terraform is written.
 */
export type RenderedCallback = (rendered: RenderedStack) => void;

type Renderer = TerraformStack["toTerraform"];

/** What our stand-ins for `toTerraform` stand in for. */
const standIns = new WeakMap<Renderer, Renderer>();

/** The stack's own way to render itself, also while a synth has put a stand-in there. */
export function ownRenderer(stack: TerraformStack): Renderer {
  let renderer: Renderer = stack.toTerraform;
  for (let own = standIns.get(renderer); own !== undefined; own = standIns.get(renderer)) renderer = own;
  return renderer;
}

/** Renders in one pass if `renderer` is the engine's and that gives the same. */
export function tryRenderOnce(stack: TerraformStack, renderer: Renderer): TerraformJson | undefined {
  return renderer === TerraformStack.prototype.toTerraform ? tryRender(stack) : undefined;
}

/** What the engine writes in passing, to be overwritten at once. No Terraform, so that it can never be taken for an empty stack. */
const PLACEHOLDER = { incomplete: "the synth was interrupted" };

/** One synth of one stack: the inner synthesizer does everything, but gets its JSON from here. */
export class SynthRun {
  private readonly renderer: Renderer;
  private validated = false;
  private told = false;
  private unwritten: TerraformJson | undefined;

  constructor(
    private readonly stack: TerraformStack,
    private readonly session: ISynthesisSession,
    private readonly callbacks: readonly RenderedCallback[],
  ) {
    this.renderer = stack.toTerraform;
  }

  public synthesize(inner: IStackSynthesizer): void {
    const mayWrite = isKnownEngine(this.stack) && isEngineSynthesizer(inner);
    const { toHclTerraform } = this.stack;
    const toTerraform = (): object => this.render(mayWrite);
    standIns.set(toTerraform, this.renderer);
    const methods: Partial<TerraformStack> = {
      toTerraform,
      toHclTerraform: () => {
        this.render(false);
        return toHclTerraform.call(this.stack);
      },
    };
    const takeBack = lend(this.stack, methods);
    try {
      inner.synthesize(this.watchedSession());
      this.finish();
    } finally {
      takeBack();
    }
  }

  private render(mayWrite: boolean): object {
    const rendered = tryRenderOnce(this.stack, this.renderer);
    const json = rendered ?? (this.renderer.call(this.stack) as TerraformJson);
    if (!this.validated || this.told) return json;
    this.tell(json);
    if (!mayWrite || rendered === undefined) return json;
    this.unwritten = rendered;
    return PLACEHOLDER;
  }

  private tell(json: TerraformJson): void {
    const outputDirectory = join(this.session.outdir, this.manifest().workingDirectory);
    for (const callback of this.callbacks) callback({ stack: this.stack, json, outputDirectory });
    this.told = true;
  }

  /** Writes what the engine left to us, and tells the callbacks if the inner synthesizer never asked for the JSON. */
  private finish(): void {
    this.validated = true;
    if (!this.told) this.render(false);
    if (this.unwritten !== undefined) writeSorted(join(this.session.outdir, this.manifest().synthesizedStackPath), this.unwritten);
  }

  private manifest(): StackManifest {
    return this.session.manifest.forStack(this.stack);
  }

  /** Validations may render the stack too, so rendering counts from when the manifest is read: the engine does so right after them. */
  private watchedSession(): ISynthesisSession {
    const get = (): ISynthesisSession["manifest"] => {
      this.validated = true;
      return this.session.manifest;
    };
    return Object.create(this.session, { manifest: { get, enumerable: true } }) as ISynthesisSession;
  }
}
