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

/** Entries of a list that are shown at once, and that are written out at all. */
const FEW_ENTRIES = 7;
const MOST_ENTRIES = 50;

/** A headed list, folded when it is long; nothing when there is nothing in it. */
export function list(heading: string, entries: readonly Content[]): Html | undefined {
  if (entries.length === 0) return undefined;
  const left = entries.length - MOST_ENTRIES;
  const more = left > 0 && html`<li>and ${count(left)} more, all of which are in the manifest</li>`;
  const all = html`<ul>
    ${entries.slice(0, MOST_ENTRIES).map((entry) => html`<li>${entry}</li>`)}${more}
  </ul>`;
  if (entries.length <= FEW_ENTRIES)
    return html`<h4>${heading}</h4>
      ${all}`;
  return html`<details>
    <summary>${heading} (${count(entries.length)})</summary>
    ${all}
  </details>`;
}
