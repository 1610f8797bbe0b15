/*
 * A conversation as one HTML page: JSON on standard input, HTML on standard output.
 *
 * The page runs no script but the line that measures it. Three things that Slack does and
 * slack-blocks-to-jsx leaves out are put back: the bar of a block quote, line breaks within rich
 * text, and dates as the reader of the picture would see them.
 */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { Message } from "slack-blocks-to-jsx/dist/index.mjs";

const DARK = { back: "#1a1d21", text: "#d1d2d3", bar: "#535457" };
const LIGHT = { back: "#ffffff", text: "#1d1c1d", bar: "#dddddd" };

process.env.TZ = "UTC"; // the time beside a name is in the zone of this process
const drawing = JSON.parse(readFileSync(0, "utf8"));
const colours = drawing.theme === "dark" ? DARK : LIGHT;
const sheet = createRequire(import.meta.url).resolve("slack-blocks-to-jsx/dist/style.css");

// Moments are in UTC, and today is the day of the picture: it comes out the same every time.
function date({ timestamp, format }) {
  const moment = new Date(Number(timestamp) * 1000);
  const shown = (options) => moment.toLocaleString("en-US", { timeZone: "UTC", ...options });
  const short = shown({ month: "short", day: "numeric", year: "numeric" });
  const today = moment.toISOString().slice(0, 10) === drawing.today;
  return format
    .replace("{date_num}", moment.toISOString().slice(0, 10))
    .replace("{date_short_pretty}", today ? "today" : short)
    .replace("{time}", shown({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" }));
}

function avatar({ letter, colour }) {
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 36 36">` +
    `<rect width="36" height="36" rx="4" fill="${colour}"/><text x="18" y="25" fill="#fff" ` +
    `font-family="Lato" font-weight="700" font-size="20" text-anchor="middle">${letter}</text></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

function message({ blocks, name, kind, at, picture }) {
  const drawn = createElement(Message, {
    blocks,
    name,
    logo: avatar(picture),
    time: new Date(at),
    theme: drawing.theme,
    hooks: { date },
    data: { users: [{ id: "UONRECORD", name: "onrecord" }] },
  });
  return `<div class="${kind}">${renderToStaticMarkup(drawn)}</div>`;
}

process.stdout.write(`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<style>${readFileSync(sheet, "utf8")}</style>
<style>
html, body { margin: 0; background: ${colours.back}; color: ${colours.text}; }
body { font-size: 15px; line-height: 1.46668; }
#page * { font-family: Lato, sans-serif !important; font-variant-ligatures: none; }
#page .font-semibold { font-weight: 700; }
#page { box-sizing: border-box; width: ${drawing.width}px; padding: 16px 20px; }
#page > div { margin-bottom: 16px; }
#page > div:last-child { margin-bottom: 0; }
#page section.slack_blocks_to_jsx { max-width: none; }
.home .slack_blocks_to_jsx--header { display: none !important; }
.person .slack_blocks_to_jsx--header > h3 + div { display: none; }
.slack_blocks_to_jsx__rich_text p { white-space: pre-wrap; }
.slack_blocks_to_jsx__rich_text_section_element { display: block !important; }
.slack_blocks_to_jsx__rich_text_quote_element {
  border-left: 4px solid ${colours.bar}; border-radius: 2px; margin: 4px 0 !important;
  padding-left: 12px !important;
}
</style>
<body><div id="page">${drawing.messages.map(message).join("\n")}</div>
<script>
document.body.dataset.height = Math.ceil(document.getElementById("page").offsetHeight);
</script>
</html>
`);
