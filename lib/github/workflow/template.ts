/** Text as Terraform has to be given it: its own expressions begin with `${` and `%{`, as those of Actions do. */
export function escapeTemplate(text: string): string {
  return text.replace(/[$%](?=\{)/g, (sign) => sign + sign);
}

/** The text back. */
export function unescapeTemplate(text: string): string {
  return text.replace(/([$%])\1(?=\{)/g, (_, sign: string) => sign);
}
