"""Records as HTML: the article, the page around it, its style sheets, and what notebooks show."""
