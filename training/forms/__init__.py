"""One form for each page or step."""
