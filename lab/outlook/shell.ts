/** The page on which Outlook stands alone. */
export const shell = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Outlook in the lab</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/lab/outlook/styles.css">
<style>html, body { height: 100%; margin: 0 } main { box-sizing: border-box; height: 100%; padding: 12px; background: light-dark(#dfe3ec, #0b0d12) }</style>
</head>
<body>
<main id="outlook"></main>
<script type="module">
import { mountOutlook, optionsFromAddress } from '/lab/outlook/outlook.js';
await mountOutlook(document.getElementById('outlook'), optionsFromAddress(location.search));
</script>
</body>
</html>
`;
