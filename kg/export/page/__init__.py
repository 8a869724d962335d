"""The explorer: what goes into the one HTML file, and the template, script, style and words it is made of."""
