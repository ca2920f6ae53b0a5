/** Text that is HTML already; everything else is escaped where it is put in. */
export class Html {
  constructor(public readonly text: string) {}
}

/** What can be put into a template: `undefined`, `false` and the empty list leave nothing behind. */
export type Content = Html | string | number | false | undefined | readonly Content[];

/** HTML from a template whose values are escaped, in text as in quoted attributes. */
export function html(strings: TemplateStringsArray, ...values: readonly Content[]): Html {
  return new Html(strings.reduce((text, part, index) => text + rendered(values[index - 1]) + part));
}

function rendered(value: Content): string {
  if (value === undefined || value === false) return "";
  if (value instanceof Html) return value.text;
  return typeof value === "object" ? value.map(rendered).join("") : escaped(String(value));
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** Text for HTML or XML; control characters, which are allowed in neither, become visible. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] as string).replace(CONTROLS, "\uFFFD");
}

const CONTROLS =
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\u202A-\u202E\u2066-\u2069]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

/** An element with JSON that a script of the page reads; nothing in it can end the element. */
export function embeddedJson(id: string, value: unknown): Html {
  return new Html(`<script type="application/json" id="${id}">${JSON.stringify(value).replace(/</g, "\\u003c")}</script>`);
}
