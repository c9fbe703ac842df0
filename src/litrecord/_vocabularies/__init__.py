"""Tables: identifier schemes, indicators, controlled vocabularies, and the portal's own texts."""
