import { count } from "../words";
import { html, type Content, type Html } from "./markup";

export interface TableProps {
  /** What a screen reader calls it. */
  readonly label: string;
  readonly caption?: Content;
  /** Names of the columns; those of numbers start with `#`. */
  readonly heads: readonly string[];
  readonly rows: readonly Html[];
}

/** A table that scrolls sideways where there is no room for it. */
export function table({ label, caption, heads, rows }: TableProps): Html {
  const cells = heads.map((head) => {
    const isNumber = head.startsWith("#");
    return html`<th scope="col" class="${isNumber && "number"}">${isNumber ? head.slice(1) : head}</th>`;
  });
  const captioned =
    caption !== undefined &&
    html`<caption>
      ${caption}
    </caption>`;
  const inner = html`<table>
    ${captioned}
    <thead>
      <tr>
        ${cells}
      </tr>
    </thead>
    <tbody>
      ${rows}
    </tbody>
  </table>`;
  return html`<div class="scroll" role="group" aria-label="${label}" tabindex="0">${inner}</div>`;
}

/** Entries of a list that are written out. */
const MOST_ENTRIES = 50;

/** A headed list; nothing when there is nothing in it. */
export function list(heading: string, entries: readonly Content[], most = MOST_ENTRIES): Html | undefined {
  if (entries.length === 0) return undefined;
  const more = entries.length > most && html`<li>and ${count(entries.length - most)} more, all of which are in the manifest</li>`;
  return html`<h4>${heading}</h4>
    <ul>
      ${entries.slice(0, most).map((entry) => html`<li>${entry}</li>`)}${more}
    </ul>`;
}
