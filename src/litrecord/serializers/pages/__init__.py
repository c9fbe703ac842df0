"""Writers of HTML: the article, the page around it, style sheets, and HTML for notebooks."""
