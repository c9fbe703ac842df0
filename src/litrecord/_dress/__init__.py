"""What other tools put around page text: blanks of other kinds, tabs, the signs of Markdown."""
