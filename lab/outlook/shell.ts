/** The page on which Outlook stands alone. */
export const shell = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Outlook in the lab</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/lab/outlook/styles.css">
</head>
<body class="ol-alone">
<main id="window"></main>
<script type="module" src="/lab/outlook/main.js"></script>
</body>
</html>
`;
