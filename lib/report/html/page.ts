import { createHash } from "node:crypto";
import { Html, html, type Content } from "./markup";
import { SCRIPT } from "./script";
import { STYLE } from "./style";

/** Their text has to be what the policy has the digest of, to the last blank. */
const STYLE_ELEMENT = new Html(`<style>${STYLE}</style>`);
const SCRIPT_ELEMENT = new Html(`<script>${SCRIPT}</script>`);

/** A page that loads nothing: its policy lets only the one style and the one script that are in it run. */
export function page({ title, lead, body, notes }: { title: string; lead: string; body: Content; notes: Content }): string {
  const policy = [
    "default-src 'none'",
    `style-src ${digest(STYLE)}`,
    `script-src ${digest(SCRIPT)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const { text } = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        ${STYLE_ELEMENT}
      </head>
      <body>
        <a class="skip" href="#content">To the content</a>
        <header>
          <h1>${title}</h1>
          <p class="lead">${lead}</p>
        </header>
        <main id="content">${body}</main>
        <footer>${notes}</footer>
        ${SCRIPT_ELEMENT}
      </body>
    </html> `;
  return text;
}

function digest(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}
