import { html, type Html } from "./markup";

/** Text that fits a width in an average system font; what is cut off is shown on hover. */
export function fittedText(at: { x: number; y: number; width: number; kind: "title" | "detail" | "label" }, text: string): Html {
  const most = Math.floor(at.width / (at.kind === "title" ? 8.4 : at.kind === "detail" ? 7 : 6));
  const short = text.length > most ? `${text.slice(0, Math.max(1, most - 1))}…` : text;
  const full = short === text ? undefined : html`<title>${text}</title>`;
  return html`<text class="svg-${at.kind}" x="${at.x}" y="${at.y}">${full}${short}</text>`;
}

/** A picture that keeps its size and scrolls where there is no room; `description` is what a screen reader says. */
export function picture(props: { id: string; width: number; height: number; label: string }, content: readonly Html[]): Html {
  const { id, width, height, label } = props;
  return html`<div class="scroll" role="group" aria-label="${label}" tabindex="0">
    <svg id="${id}" role="img" aria-label="${label}" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${content}</svg>
  </div>`;
}
